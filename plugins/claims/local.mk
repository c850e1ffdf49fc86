# plugins/claims
