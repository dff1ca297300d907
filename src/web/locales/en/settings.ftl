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

## Settings: rules
settings-rules = Rules
rules-lead = Rules hold comments back to be looked at closely; no rule rejects by itself.
rules-trial = Try a sentence
rules-trial-text = The sentence to try
rules-trial-button = Try
rules-trial-nothing = No rule holds this back.
rules-all = The rules
rules-new = Add a rule
rules-add = Add the rule
rule-name-label = The rule’s name
rule-kind = Looks for
rule-kind-words = Words, phrases
rule-kind-links = Too many links
rule-kind-name = The sender’s name
rule-kind-email = The sender’s e-mail
rule-kind-address = The network address
rule-entries = Entries, one a line
rule-entries-hint = A word with marks fits just these; one without fits any, unless in quotation marks. Ways to dodge (teencode, digits for letters, dots between) fit too. Links: a number; more than that are held. E-mail: an address, or @host. Network: 192.0.2.7 or 192.0.2.0/24.
rule-effect = Then
rule-effect-hold = Hold by rule
rule-effect-spam = Put with suspected spam
rule-count = { $count ->
    [one] { $count } entry
   *[other] { $count } entries
}
rule-is-off = Off
rule-edit = Edit
rule-save = Save
rule-off = Switch off
rule-on = Switch on
rule-remove = Remove
rule-off-named = Switch off: { $name }
rule-on-named = Switch on: { $name }
rule-remove-named = Remove: { $name }
rule-name-missing = The rule needs a name.
rule-name-too-long = The rule’s name is longer than { $max } characters.
rule-entries-missing = Please write at least one entry.
rule-entries-too-long = More than { $max } entries.
rule-entries-malformed-words = Each entry needs a letter or a digit, and at most 200 characters.
rule-entries-malformed-links = Please write a number from 0 to 99.
rule-entries-malformed-name = Each entry is a name of at most 200 characters.
rule-entries-malformed-email = Each entry is an e-mail address, or @host.
rule-entries-malformed-address = Each entry is an address like 192.0.2.7, or a network like 192.0.2.0/24.

## Settings: on your pages
settings-embed = On your pages
embed-lead = Three ways, which can be mixed: copy a piece into the newspaper’s templates.
embed-no-site = There is no newspaper ([[site]]) in the settings file.
embed-site = Newspaper
embed-article = An article’s address
embed-article-hint = To check: may that page send comments here?
embed-check = Check
embed-allowed = Yes: { $origin } is among this newspaper’s origins.
embed-refused = Not yet: { $origin } is not listed. Change this line in the settings file and restart:
embed-no-address = This is no web address.
embed-origins = Pages taken now:
embed-placeholders = SO-BAI is the article’s number in the CMS; DIA-CHI-BAI and TEN-BAI are its address and title.
embed-form = A form alone, without a script
embed-copy-form = The form’s HTML
embed-include = Included by the newspaper’s server
embed-copy-include = The line in the page (nginx, SSI)
embed-copy-proxy = The line in nginx’s configuration
embed-script = A small script
embed-copy-script = Three lines in the page
embed-copy-policy = If the page has a Content-Security-Policy, add
