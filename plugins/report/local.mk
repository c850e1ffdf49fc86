# plugins/report
