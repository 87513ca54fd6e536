"""What towns sent, understood: files -> entries -> figures, and findings that say what could not be understood.

reading      a file -> a book of cells as a clerk sees them
form         books -> entries: every cell of the form as typed, with its address
submissions  whose file is it, and which of several counts
cleaning     entries -> figures: names and numbers, or a finding that says why not
"""
