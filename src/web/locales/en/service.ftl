### Có Dấu, English: landing page, log in, time.
### No markup in values.

## General
product = Có Dấu
product-what = The comment desk for Vietnamese newspapers
skip-to-content = Skip to content
back-to-article = Back to the article
request-id = Request ID: { $id }
optional = optional

## Time
lapse-minutes = { $count ->
    [one] a minute
   *[other] { $count } minutes
}
lapse-hours = { $count ->
    [one] an hour
   *[other] { $count } hours
}
lapse-days = { $count ->
    [one] a day
   *[other] { $count } days
}
age-now = just now
age-minutes = { $count ->
    [one] { $count } minute ago
   *[other] { $count } minutes ago
}
age-hours = { $count ->
    [one] { $count } hour ago
   *[other] { $count } hours ago
}
age-days = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}

## Landing page
landing-lead = Có Dấu takes readers’ comments under each article, shows editors where diacritics are missing, and publishes only what a person has approved.
landing-specimen-label = Example: a sentence as a reader sent it, and as published with diacritics restored
landing-sent = As sent
landing-published = As published
landing-point-decision = Nothing is published until a person approves it, and that person can edit it first.
landing-point-original = The reader’s own text is kept beside the edited one.
landing-point-receipt = Readers can always see where their comment stands.
landing-demo-server = Demo article, put together on the server
landing-demo-server-hint = The newspaper’s server includes the comments in the page; nothing runs in the browser.
landing-demo-script = Demo article, put together in the browser
landing-demo-script-hint = A small script loads the comments afterwards.
landing-desk = Open the desk
landing-desk-hint = For editors and administrators.
landing-docs = Documentation
landing-docs-hint = How to run it, put the comment box on an article page and configure it is in the README.md that comes with it.

## Log in, first set-up
login-title = Log in to the desk
login-name = User name
login-password = Password
login-button = Log in
login-failed = The user name or password is wrong.
login-too-many = { $seconds ->
    [one] Too many failed attempts. Wait { $seconds } second and try again.
   *[other] Too many failed attempts. Wait { $seconds } seconds and try again.
}
login-forgot = Forgot your password? An administrator resets it with “codau moderator password”.
logout = Log out
setup-title = Create the first administrator
setup-lead = This link works once. Afterwards, add other people with “codau moderator add”.
setup-name = User name
setup-name-hint = This name is shown beside each of your decisions.
setup-password = Password
setup-password-hint = At least { $min } characters. A long phrase you can remember is better than a difficult word.
setup-password-again = Repeat the password
setup-button = Create administrator
field-login-name-missing = Enter a user name.
field-login-password-too-long = The password is longer than { $limit } bytes.
field-login-name-too-long = The name is longer than { $limit } characters.
field-login-name-taken = This name is already taken.
field-login-password-too-short = The password needs at least { $limit } characters.
field-password-mismatch = The two passwords are not the same.
role-moderator = Moderator
role-admin = Administrator
