### Có Dấu, English: what the machine concluded.
### No markup in values.

## Verdict
class-marked = With diacritics
class-unmarked = No diacritics
class-partly-marked = Some missing
class-foreign = Foreign
class-undetermined = Undetermined
badge-marked = With diacritics
badge-unmarked = No diacritics { $percent }%
badge-partly-marked = { $percent }% missing
badge-foreign = Foreign
badge-undetermined = Undetermined
class-marked-why = Vietnamese, with its diacritics in place.
class-unmarked-why = Vietnamese, with almost no diacritics.
class-partly-marked-why = Vietnamese, with many syllables lacking diacritics.
class-foreign-why = Not Vietnamese.
class-undetermined-why = Too short, or only names, numbers, links or symbols, so nothing can be concluded.
verdict-title = What the machine found
verdict-note = The machine only sorts and flags; a person decides.
verdict-mark-title = Lacks marks; probably “{ $suggestion }”

## Reasons to look twice
flag-disguised = Hidden, stacked or disguised characters
flag-unconverted = Telex or VNI keys left unconverted, or an old encoding
flag-trapped = The trap field was filled in: probably a program
flag-links = Many links
flag-repeated = The same was sent within 24 hours, by others or under another article
flag-hasty = Sent only seconds after the form appeared
flag-pasted = Pasted in one piece, not typed
flag-crowded = Many comments from the same network within a minute
flag-proved = The sender’s machine has done the sums that keep floods away

## The newsroom's rules
verdict-rule-title = Rule: { $rule }
rule-body = Rule “{ $rule }”: { $entry }
rule-name = Name, by rule “{ $rule }”: { $entry }
rule-email = E-mail, by rule “{ $rule }”: { $entry }
rule-address = Network address, by rule “{ $rule }”

## Repairs of typing and encoding
repair-telex = Convert from Telex
repair-vni = Convert from VNI
repair-viqr = Convert from VIQR
repair-tcvn3 = Convert from TCVN3 (ABC)
repair-vni-font = Convert from a VNI font
