package cloud.wuye.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No statement of the service skips rows by OFFSET, and none counts all rows of a table that grows without end: both cost more
 * with every row that comes. Lists go by keysets and say whether rows follow, not how many.
 */
class PagingRulesTest {
    /** Numbers, marks and parameters; {@code OFFSET 0} only keeps the planner from merging a subquery. */
    private static final Pattern SKIPPING =
            Pattern.compile("\\boffset\\s+([1-9$?%:]|\"\\s*\\+)", Pattern.CASE_INSENSITIVE);

    private static final Pattern COUNTING = Pattern.compile(
            "count\\((?:\\*|1)\\)(?:(?!\\bfrom\\b).)*+\\bfrom\\s+(\\w+)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Set<String> GROWING = Set.of(
            "audit_entry",
            "consumption_day",
            "consumption_hour",
            "credit_event",
            "credit_move",
            "cut_off_decision",
            "device_command",
            "device_command_attempt",
            "device_event",
            "journal_entry",
            "journal_line",
            "message",
            "meter_reading",
            "outbox_message",
            "payment_attempt",
            "payment_notice",
            "payment_order",
            "rated_line",
            "rejected_message",
            "switch_event");

    /** Counts that an index keeps as small as what they are about. */
    private static final Map<String, String> BOUNDED = Map.of(
            "CommandMetrics.java device_command", "open commands only, of which an index holds no others",
            "prove.sql journal_line", "what was written since the last proof, or all for who asks for that",
            "CreditWatch.java cut_off_decision", "the decisions of a few minutes");

    private static final Pattern TOTAL =
            Pattern.compile("type (\\w*Connection|PageInfo) \\{[^}]*\\btotal\\w*\\s*:", Pattern.CASE_INSENSITIVE);

    @Test
    void nothingSkipsRows() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : sources()) {
            if (SKIPPING.matcher(Files.readString(source)).find()) {
                found.add(source.toString());
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    void nothingCountsWhatGrowsWithoutEnd() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path source : sources()) {
            Matcher counting = COUNTING.matcher(Files.readString(source));
            while (counting.find()) {
                String table = counting.group(1).toLowerCase(Locale.ROOT);
                if (GROWING.contains(table)) {
                    found.add(source.getFileName() + " " + table);
                }
            }
        }
        assertEquals(new TreeSet<>(BOUNDED.keySet()), found);
    }

    @Test
    void noListSaysHowManyRowsThereAre() throws IOException {
        assertFalse(TOTAL.matcher(Files.readString(Path.of("graphql-schema/schema.graphql")))
                .find());
    }

    /** A rule that finds nothing because it looks wrongly would let everything pass. */
    @Test
    void theRulesSeeWhatTheyForbid() {
        assertTrue(SKIPPING.matcher("order by id offset $2 limit 50").find());
        assertTrue(SKIPPING.matcher("\"... OFFSET \" + start").find());
        assertFalse(SKIPPING.matcher("OffsetDateTime offset, int OFFSET 0").find());
        Matcher counting = COUNTING.matcher("select count(*)::int as all\n from meter_reading r");
        assertTrue(counting.find());
        assertEquals("meter_reading", counting.group(1));
        assertTrue(TOTAL.matcher("type DeviceConnection {\n nodes: [Device!]!\n totalCount: Int!")
                .find());
    }

    private static List<Path> sources() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String root : List.of("src/main/java", "src/main/resources/sql")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.filter(Files::isRegularFile).forEach(all::add);
            }
        }
        assertTrue(all.size() > 100);
        return all;
    }
}
