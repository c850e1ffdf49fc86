# plugins/dates
