### Có Dấu, tiếng Việt: trang lỗi.
### Không in đậm, không HTML; tham số là chữ thường ({ $name }).

## Trang lỗi: tên, câu giải thích, việc nên làm
error-origin-title = Trang này chưa được nhận bình luận
error-origin-body = Bình luận gửi từ một trang báo mà hệ thống chưa biết.
error-origin-do = Xin quay lại bài báo và gửi lại. Nếu vẫn gặp lỗi, xin báo cho tòa soạn kèm mã yêu cầu bên dưới.
error-closed-title = Bài này đã đóng bình luận
error-closed-body = Tòa soạn không nhận thêm ý kiến cho bài này.
error-closed-do = Ý kiến của bạn ở bên dưới, để bạn chép lại nếu cần.
error-too-large-title = Ý kiến quá dài
error-too-large-body = Phần gửi lên vượt quá mức hệ thống nhận được ({ $max }).
error-too-large-do = Xin dùng nút quay lại của trình duyệt, rút gọn ý kiến rồi gửi lại.
error-too-slow-title = Phần gửi lên đến quá chậm
error-too-slow-body = Hệ thống đã đợi nhưng chưa nhận đủ phần gửi lên, nên chưa lưu gì.
error-too-slow-do = Xin kiểm tra kết nối rồi gửi lại.
error-too-fast-title = Bạn gửi hơi nhanh
error-too-fast-body = Hệ thống vừa nhận nhiều ý kiến từ kết nối của bạn.
error-too-fast-do = Xin đợi { $seconds } giây rồi bấm gửi lại. Ý kiến của bạn vẫn còn nguyên bên dưới.
error-duplicate-title = Biểu mẫu này đã gửi một ý kiến khác
error-duplicate-body = Tòa soạn đã nhận một ý kiến khác từ chính biểu mẫu này. Ý kiến bên dưới chưa được lưu.
error-duplicate-do = Nếu muốn gửi thêm ý kiến bên dưới, xin bấm gửi lại.
error-unavailable-title = Hệ thống tạm gián đoạn
error-unavailable-body = Hệ thống đang gián đoạn; phần vừa gửi chưa được lưu.
error-unavailable-do = Xin đợi { $seconds } giây rồi thử lại.
error-not-found-title = Không tìm thấy trang
error-not-found-body = Địa chỉ này không có trang nào, hoặc nội dung đã được xóa theo thời hạn lưu giữ.
error-not-found-do = Xin kiểm tra lại địa chỉ, hoặc quay về trang trước.
error-forbidden-title = Bạn không có quyền làm việc này
error-forbidden-body = Tài khoản của bạn không được phép mở trang hoặc thực hiện thao tác này.
error-forbidden-do = Nếu cần, xin nhờ người quản trị đổi vai trò cho bạn.
error-token-title = Thiếu mã truy cập
error-token-body = Yêu cầu không kèm mã truy cập, hoặc mã đã bị thu hồi.
error-token-do = Xin người quản trị cấp mã mới.
error-session-title = Phiên làm việc đã hết hạn
error-session-body = Biểu mẫu quá cũ hoặc không được gửi từ trang này, nên hệ thống chưa làm gì cả.
error-session-do = Xin đăng nhập lại rồi thử lại.
error-internal-title = Hệ thống gặp lỗi
error-internal-body = Yêu cầu chưa được thực hiện. Lỗi đã được ghi lại.
error-internal-do = Xin thử lại. Nếu vẫn gặp lỗi, xin báo cho tòa soạn kèm mã yêu cầu bên dưới.
error-bad-request-title = Hệ thống không đọc được phần gửi lên
error-bad-request-body = Biểu mẫu gửi lên bị thiếu hoặc sai định dạng.
error-bad-request-do = Xin quay lại trang trước và gửi lại.
error-typed-kept = Phần bạn đã gõ
error-text-kept = Ý kiến của bạn
error-send-again = Gửi lại
