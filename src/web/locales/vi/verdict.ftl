### Có Dấu, tiếng Việt: nhận xét của máy.
### Không in đậm, không HTML; tham số là chữ thường ({ $name }).

## Nhận xét của máy
class-marked = Có dấu
class-unmarked = Không dấu
class-partly-marked = Thiếu dấu
class-foreign = Ngoại ngữ
class-undetermined = Không rõ
badge-marked = Có dấu
badge-unmarked = Không dấu { $percent }%
badge-partly-marked = Thiếu dấu { $percent }%
badge-foreign = Ngoại ngữ
badge-undetermined = Không rõ
class-marked-why = Tiếng Việt, dấu đầy đủ.
class-unmarked-why = Tiếng Việt, gần như không có dấu.
class-partly-marked-why = Tiếng Việt, nhiều tiếng bị thiếu dấu.
class-foreign-why = Không phải tiếng Việt.
class-undetermined-why = Quá ngắn, hoặc chỉ có tên, số, liên kết hay biểu tượng, nên chưa kết luận được.
verdict-title = Nhận xét của máy
verdict-note = Máy chỉ xếp và đánh dấu; người duyệt quyết định.
verdict-mark-title = Thiếu dấu; có lẽ là “{ $suggestion }”

## Dấu hiệu cần xem kỹ
flag-disguised = Có ký tự ẩn, chồng dấu hoặc chữ giả dạng
flag-unconverted = Gõ Telex, VNI chưa chuyển thành dấu, hoặc bảng mã cũ
flag-trapped = Ô bẫy bị điền: có thể là máy gửi
flag-links = Nhiều liên kết
flag-repeated = Nội dung này đã được gửi trong vòng 24 giờ, bởi người khác hoặc dưới bài khác
flag-hasty = Gửi chỉ vài giây sau khi biểu mẫu hiện ra
flag-pasted = Dán nguyên văn vào ô, không gõ
flag-crowded = Nhiều ý kiến từ cùng vùng mạng trong một phút
flag-proved = Máy của người gửi đã làm xong phép tính chống gửi tự động

## Quy tắc của tòa soạn
verdict-rule-title = Quy tắc: { $rule }
rule-body = Quy tắc “{ $rule }”: { $entry }
rule-name = Tên khớp quy tắc “{ $rule }”: { $entry }
rule-email = Email khớp quy tắc “{ $rule }”: { $entry }
rule-address = Địa chỉ mạng khớp quy tắc “{ $rule }”

## Sửa cách gõ, bảng mã
repair-telex = Đổi từ Telex
repair-vni = Đổi từ VNI
repair-viqr = Đổi từ VIQR
repair-tcvn3 = Đổi từ TCVN3 (ABC)
repair-vni-font = Đổi từ phông VNI
