"""What readers do for the server: functions called in a reader's process, which import no library of the web."""
