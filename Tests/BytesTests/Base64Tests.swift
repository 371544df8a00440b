import Bytes
import Testing

struct Base64Tests {
    @Test(
        "base64 is read strictly",
        arguments: [
            ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYmFy", "foobar"), ("w7w=", "\u{FC}"),
        ])
    func base64(text: String, plain: String) {
        #expect(Base64.decode(Array(text.utf8)[...]) == Array(plain.utf8))
    }

    @Test(
        "what is not base64 is refused",
        arguments: [
            "Z", "Zg", "Zg=", "Zg===", "====", "Z===", "Zh==", "Zm9=", "Zg==Zg==", "Zm 9", "Zm-_", "=Zg=", "Zg=a",
        ])
    func noBase64(text: String) { #expect(Base64.decode(Array(text.utf8)[...]) == nil) }
}
