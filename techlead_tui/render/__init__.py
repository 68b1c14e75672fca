"""The week laid out as rows of styled runs; knows no toolkit."""
