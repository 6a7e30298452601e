package cloud.wuye.device.imports;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The text of an uploaded file. UTF-8, with or without a byte order mark; a file that is not UTF-8 is read as GB18030,
 * which holds GBK and GB2312, because a Chinese Excel saves that. What is neither is refused.
 *
 * @param encoding how it was read
 */
record CsvText(String text, String encoding) {
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Reads no more than the limit and one byte. */
    static CsvText read(InputStream body, int maxBytes) throws IOException {
        byte[] bytes = body.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw new Problem(ProblemCode.IMPORT_TOO_LARGE, null, maxBytes);
        }
        try {
            return new CsvText(decode(bytes, StandardCharsets.UTF_8), "UTF-8");
        } catch (CharacterCodingException notUtf8) {
            try {
                return new CsvText(decode(bytes, GB18030), "GB18030");
            } catch (CharacterCodingException neither) {
                throw new Problem(ProblemCode.IMPORT_ENCODING);
            }
        }
    }

    private static String decode(byte[] bytes, Charset charset) throws CharacterCodingException {
        String text = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
}
