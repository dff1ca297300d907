### Có Dấu, English: settings.
### No markup in values.

## Settings: frame
settings-title = Settings
settings-sections = Sections

## Settings: reasons
settings-reasons = Reasons for rejecting
reasons-lead = The first nine have a digit. Readers see the sentence below the name on their receipt.
reason-label = Name in the list
reason-sentence = Sentence for the reader
reason-sentence-hint = Speak to the reader, in a sentence or two; say what would help.
reason-reword = Reword
reason-save = Save
reason-up = Up
reason-down = Down
reason-set-aside = Set aside
reason-offer = Offer again
reason-up-named = Up: { $label }
reason-down-named = Down: { $label }
reason-set-aside-named = Set aside: { $label }
reason-offer-named = Offer again: { $label }
reasons-set-aside = Set aside
reasons-set-aside-hint = Earlier decisions keep these reasons.
reasons-new = Another reason
reasons-add = Add the reason
reason-label-missing = A reason needs a name.
reason-label-too-long = The name is longer than { $max } characters.
reason-label-taken = There is a reason of that name already.
reason-sentence-missing = Please write the sentence for the reader.
reason-sentence-too-long = The sentence is longer than { $max } characters.
