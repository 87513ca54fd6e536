"""What people look at: charts, sentences, pages, the workbook, messages to towns, the draft of a 通报."""
