package cloud.wuye.platform.paging;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpansTest {
    @Test
    void theEndThatIsTooEarlyIsAtFaultHoweverDeepItStands() {
        assertFault("to", Map.of("from", "2026-02-01", "to", "2026-01-31"));
        assertFault("filter.at.to", Map.of("filter", Map.of("at", Map.of("from", at(10), "to", at(9)))));
        assertFault("input.until", Map.of("input", Map.of("since", "2026-02-01T08:00:00+08:00", "until", at(-1))));
        assertFault(
                "usages.1.to",
                Map.of("usages", List.of(Map.of("from", at(1), "to", at(2)), Map.of("from", at(3), "to", at(2)))));
        assertFault("to", Map.of("from", LocalDate.of(2026, 2, 1), "to", LocalDate.of(2026, 1, 31)));
    }

    @Test
    void everythingElseIsLeftToOthers() {
        Map<String, Object> open = new HashMap<>();
        open.put("from", at(3));
        open.put("to", null);
        for (Object fine : Arrays.asList(
                null,
                open,
                Map.of("from", at(3), "to", at(3)),
                Map.of("from", "22:00", "to", "06:00"),
                Map.of("from", "someone", "to", "nobody"),
                Map.of("to", at(3)),
                "from")) {
            assertDoesNotThrow(() -> Spans.require("", fine), () -> String.valueOf(fine));
        }
    }

    private static void assertFault(String field, Object written) {
        Problem problem = assertThrows(Problem.class, () -> Spans.require("", written));
        assertEquals(ProblemCode.VALIDATION, problem.code());
        assertEquals(field, problem.field());
        String end = field.substring(field.lastIndexOf('.') + 1);
        String begin = end.equals("to") ? "from" : "since";
        assertEquals("输入有误：" + end + " 早于 " + begin, problem.text(Locale.CHINESE));
        assertEquals("Invalid input: " + end + " is before " + begin, problem.text(Locale.ENGLISH));
    }

    private static Instant at(int second) {
        return Instant.parse("2026-02-01T00:00:00Z").plusSeconds(second);
    }
}
