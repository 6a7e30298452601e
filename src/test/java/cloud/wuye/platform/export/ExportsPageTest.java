package cloud.wuye.platform.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The lists in {@code docs/reference/exports.md} are those of the code; {@code -Dwuye.docs.rewrite=true} writes them. */
@QuarkusTest
class ExportsPageTest {
    private static final Path PAGE = Path.of("docs/reference/exports.md");
    private static final String MARK = "<!-- From here on written from the code by ExportsPageTest. -->\n";

    @Inject
    ExportLists lists;

    @Test
    void thePageNamesEveryListAndColumn() throws IOException {
        String page = Files.readString(PAGE);
        String wanted = page.substring(0, page.indexOf(MARK) + MARK.length()) + shown();
        if (Boolean.getBoolean("wuye.docs.rewrite")) {
            Files.writeString(PAGE, wanted);
        }
        assertEquals(wanted, Files.readString(PAGE), "rewrite with -Dwuye.docs.rewrite=true");
    }

    private String shown() {
        return lists.all().stream()
                .filter(list -> !(list instanceof ProbeList))
                .map(ExportsPageTest::shown)
                .collect(Collectors.joining());
    }

    private static String shown(ExportList<?, ?> list) {
        StringBuilder text = new StringBuilder("\n### `" + list.name() + "` "
                + list.title().zh() + " " + list.title().en() + "\n\n");
        text.append("Roles 角色: ")
                .append(list.roles().stream()
                        .sorted()
                        .map(role -> "`" + role + "`")
                        .collect(Collectors.joining(", ")))
                .append(" · filter 筛选: `")
                .append(list.filter().getSimpleName())
                .append("`\n\n| 列 | Column | 内容 Content |\n|---|---|---|\n");
        for (ExportColumn<?> column : list.columns()) {
            text.append("| ")
                    .append(column.title().zh())
                    .append(" | ")
                    .append(column.title().en())
                    .append(" | ")
                    .append(column.kind().words().zh())
                    .append(" · ")
                    .append(column.kind().words().en())
                    .append(" |\n");
        }
        return text.toString();
    }
}
