"""The newsletter's arithmetic and texts (nyhetsbrev): what a letter holds, who clicked without names, what bounced."""
