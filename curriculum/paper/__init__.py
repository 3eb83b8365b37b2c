"""The curriculum on paper: cards laid out for print, a module's job aid, and the press that makes PDFs of them."""
