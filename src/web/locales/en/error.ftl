### Có Dấu, English: error pages.
### No markup in values.

## Error pages: title, explanation, what to do
error-origin-title = Comments are not accepted from this page
error-origin-body = The comment came from a website this service does not know.
error-origin-do = Go back to the article and send again. If it still fails, tell the newsroom and quote the request ID below.
error-closed-title = Comments on this article are closed
error-closed-body = The newsroom no longer takes comments on this article.
error-closed-do = Your comment is below in case you want to copy it.
error-too-large-title = Your comment is too long
error-too-large-body = What was sent is larger than the service accepts ({ $max }).
error-too-large-do = Use your browser’s back button, shorten the comment and send it again.
error-too-slow-title = What you sent arrived too slowly
error-too-slow-body = The service waited, but did not get all of it, and kept nothing.
error-too-slow-do = Check your connection and send it again.
error-too-fast-title = You are sending too fast
error-too-fast-body = Several comments have just arrived from your connection.
error-too-fast-do = { $seconds ->
    [one] Wait { $seconds } second and send again. Your comment is still below.
   *[other] Wait { $seconds } seconds and send again. Your comment is still below.
}
error-duplicate-title = This form has already sent another comment
error-duplicate-body = The newsroom has received another comment from this same form. The one below has not been stored.
error-duplicate-do = To send the one below as well, press send again.
error-unavailable-title = The service is interrupted
error-unavailable-body = The service is interrupted; what was just sent has not been stored.
error-unavailable-do = Please wait { $seconds } seconds and try again.
error-not-found-title = Page not found
error-not-found-body = There is no page at this address, or its content was removed under the retention period.
error-not-found-do = Check the address, or go back to the previous page.
error-forbidden-title = You are not allowed to do this
error-forbidden-body = Your account may not open this page or perform this action.
error-forbidden-do = If you need to, ask an administrator to change your role.
error-token-title = A token is needed
error-token-body = The request carries no token, or one that was revoked.
error-token-do = Ask the administrator for a new one.
error-session-title = Your session has ended
error-session-body = The form was too old or was not sent from this site, so nothing was done.
error-session-do = Log in again and retry.
error-internal-title = Something went wrong
error-internal-body = The request was not carried out. The fault has been recorded.
error-internal-do = Try again. If it still fails, tell the newsroom and quote the request ID below.
error-bad-request-title = The request could not be read
error-bad-request-body = The form was incomplete or badly formatted.
error-bad-request-do = Go back to the previous page and send again.
error-typed-kept = What you typed
error-text-kept = Your comment
error-send-again = Send again
