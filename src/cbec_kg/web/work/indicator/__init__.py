"""What the page of an indicator shows: figures of a series, what is left out, in the words of the reader."""
