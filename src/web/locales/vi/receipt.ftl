### Có Dấu, tiếng Việt: trang theo dõi ý kiến.
### Không in đậm, không HTML; tham số là chữ thường ({ $name }).

## Trang theo dõi ý kiến
receipt-page-title = Theo dõi ý kiến
receipt-follow = Theo dõi ý kiến
receipt-waiting-title = Ý kiến của bạn đang chờ biên tập
receipt-waiting-body = Tòa soạn đã nhận được. Biên tập viên sẽ đọc trước khi đăng; trang này cho biết kết quả.
receipt-wait = Mấy ngày nay, một nửa số ý kiến có kết quả trong vòng { $time }.
receipt-keep = Bạn có thể lưu địa chỉ trang này để xem lại. Ai có địa chỉ đều xem, sửa và rút lại được ý kiến, nên xin đừng chia sẻ.
receipt-edit = Sửa ý kiến
receipt-edit-until = Trong lúc chờ, bạn sửa được đến { $time }.
receipt-withdraw = Rút lại ý kiến
receipt-changes = Biên tập viên đã sửa
receipt-published-title = Ý kiến của bạn đã được đăng
receipt-published-body = Biên tập viên đã duyệt nguyên văn. Cảm ơn bạn.
receipt-published-link = Xem ý kiến trên bài
receipt-edited-title = Ý kiến của bạn đã được biên tập và đăng
receipt-edited-body = Biên tập viên đã sửa đôi chỗ trước khi đăng. Cảm ơn bạn.
receipt-rejected-title = Ý kiến của bạn không được đăng
receipt-rejected-body = Biên tập viên đã đọc và quyết định không đăng.
receipt-rejected-reason = Lý do: { $reason }
receipt-rejected-again = Bạn có thể viết lại và gửi ý kiến khác dưới bài.
receipt-expired-title = Ý kiến của bạn đã hết hạn chờ
receipt-expired-body = Sau { $days } ngày chưa có người duyệt, ý kiến đã được xóa khỏi hàng chờ. Tòa soạn xin lỗi vì đã để bạn đợi.
receipt-returned-title = Tòa soạn nhờ bạn sửa ý kiến
receipt-returned-body = Biên tập viên đã đọc và mong bạn sửa đôi chỗ trước khi đăng.
receipt-withdrawn-title = Bạn đã rút lại ý kiến
receipt-withdrawn-body = Ý kiến không còn trên trang và sẽ được xóa. Cảm ơn bạn.
receipt-sent-at = Gửi lúc
receipt-decided-at = Quyết định lúc
receipt-article = Bài báo
receipt-fate-sent = Đã gửi
receipt-fate-waiting = Chờ biên tập
receipt-fate-decided = Có kết quả
receipt-fate-published = Đã đăng
receipt-fate-edited = Đã biên tập và đăng
receipt-fate-rejected = Không đăng
receipt-fate-returned = Chờ bạn sửa
receipt-fate-withdrawn = Đã rút lại
receipt-fate-expired = Hết hạn chờ

## Sửa và rút lại
revision-title = Sửa ý kiến
revision-send = Gửi bản này
revision-cancel = Thôi, giữ bản cũ
revision-late = Ý kiến này không còn sửa được: biên tập viên đã xử lý hoặc đã hết giờ sửa. Phần bạn gõ còn nguyên bên dưới để bạn chép lại.
revision-changed = Ý kiến vừa thay đổi trong lúc bạn sửa. Xin xem lại rồi gửi.
withdrawal-title = Rút lại ý kiến này?
withdrawal-waiting = Biên tập viên sẽ không đọc nữa, và ý kiến sẽ được xóa. Việc này không hoàn lại được.
withdrawal-published = Ý kiến sẽ được gỡ khỏi trang báo và xóa. Việc này không hoàn lại được.
withdrawal-button = Rút lại
withdrawal-cancel = Không, giữ lại
