# plugins/common
