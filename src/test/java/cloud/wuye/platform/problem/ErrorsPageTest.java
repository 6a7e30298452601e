package cloud.wuye.platform.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/errors.md} says what the catalogue says; {@code -Dwuye.docs.rewrite=true} writes it anew. */
class ErrorsPageTest {
    private static final Path PAGE = Path.of("docs/errors.md");

    @Test
    void pageIsTheCatalogue() throws IOException {
        String page = page();
        if (Boolean.getBoolean("wuye.docs.rewrite")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE), "rewrite with -Dwuye.docs.rewrite=true");
    }

    private static String page() {
        StringBuilder page = new StringBuilder(
                """
                # Errors 错误码

                Every error carries `extensions.code` from this closed list, `extensions.field` where an input field is at fault,
                and a message in Chinese or English by `Accept-Language` (Chinese unless asked otherwise). Codes are stable;
                messages may be reworded. `INTERNAL` carries `extensions.traceId` and nothing else about our inside.

                每个错误都带有下表中的固定代码（`extensions.code`）；输入有误时附上字段路径（`extensions.field`）。
                代码保持不变，文字可能修订。

                | Code | HTTP | 中文 | English |
                |---|---|---|---|
                """);
        for (ProblemCode code : ProblemCode.values()) {
            page.append("| `%s` | %d | %s | %s |%n"
                    .formatted(code.name(), code.kind().status(), code.zh(), code.en()));
        }
        return page.toString();
    }
}
