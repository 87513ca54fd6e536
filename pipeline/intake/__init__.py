"""What towns sent, understood: files -> forms -> figures, and findings that say what could not be understood.

reading      a file -> a book of cells as a clerk sees them
form         books -> forms: every line and cell as typed, with its address
submissions  whose file is it, and which of several counts
cleaning     forms -> figures: names and numbers, or a finding that says why not
"""
