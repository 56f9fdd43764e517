"""From the deadline to the award (vurdering og tildeling): screening, scoring, the board, letters, publishing."""
