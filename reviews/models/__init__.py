"""What more than one looks at again: repeat victims and places, case reviews, closed cases."""
