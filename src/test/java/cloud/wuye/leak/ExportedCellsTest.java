package cloud.wuye.leak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.contract.DeviceClass;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.export.ExportList;
import cloud.wuye.platform.export.OoxmlBook;
import cloud.wuye.platform.export.TestExports;
import cloud.wuye.platform.export.TestExports.Column;
import cloud.wuye.testing.Graph;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/**
 * Every exported list, cell by cell, against what the query of the same name shows: as CSV and as a workbook, which is read
 * without the library that wrote it. The file beside this test says which field of the query a column is; a list or a
 * column that is not in it fails.
 */
@QuarkusTest
class ExportedCellsTest {
    private static final Path FIELDS = Path.of("src/test/resources/exported-columns.txt");
    private static final Set<String> WITHOUT_A_QUERY = Set.of("consumptionByDay", "probes");
    private static final DateTimeFormatter WALL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final int PAGE = 50;
    private static final String DEVICE = "@device.";
    private static final String REFUND = "@refund.";

    @All
    List<ExportList<?, ?>> lists;

    @Inject
    TestExports exports;

    @Inject
    TestDevices tables;

    private final List<String> wrong = new ArrayList<>();
    private final Map<String, Object> devices = new HashMap<>();
    private Inhabited company;

    @Test
    void whatIsShownStandsInTheFile() throws IOException {
        company = TwoCompanies.settled(tables).victim();
        Map<String, Map<String, String>> fields = fields();
        Set<String> named = new TreeSet<>(WITHOUT_A_QUERY);
        named.addAll(fields.keySet());
        assertEquals(named, new TreeSet<>(lists.stream().map(ExportList::name).toList()), "a list without its columns");
        int cells = 0;
        for (ExportList<?, ?> list : lists) {
            if (!WITHOUT_A_QUERY.contains(list.name())) {
                cells += compare(list, fields.get(list.name()));
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(cells > 500, "looked only at " + cells);
    }

    private int compare(ExportList<?, ?> list, Map<String, String> fields) {
        List<Column> columns = TestExports.columns(list);
        assertEquals(columns.stream().map(Column::en).toList(), List.copyOf(fields.keySet()), list.name());
        List<List<Object>> csv = csv(file(list, "CSV", "zh"));
        List<List<Object>> shown = shown(list.name(), List.copyOf(fields.values()));
        List<List<Object>> book = OoxmlBook.cells(file(list, "XLSX", "en"));
        List<List<Object>> shownLater = shown(list.name(), List.copyOf(fields.values()));
        assertEquals(columns.stream().map(Column::zh).toList(), csv.get(0), list.name());
        assertEquals(columns.stream().map(Column::en).toList(), book.get(0), list.name());
        same(list.name() + " as CSV", columns, shown, csv.subList(1, csv.size()));
        same(list.name() + " as a workbook", columns, shownLater, book.subList(1, book.size()));
        return shown.size() * columns.size();
    }

    private void same(String what, List<Column> columns, List<List<Object>> all, List<List<Object>> file) {
        // To take a file is an act, too: the newest entries of the log came after it.
        List<List<Object>> shown =
                what.startsWith("auditEntries") ? all.subList(all.size() - file.size(), all.size()) : all;
        if (shown.isEmpty() || shown.size() != file.size()) {
            wrong.add(what + ": " + shown.size() + " rows shown, " + file.size() + " in the file");
            return;
        }
        for (int c = 0; c < columns.size(); c++) {
            Map<Object, Object> words = new HashMap<>();
            for (int r = 0; r < file.size(); r++) {
                Object cell = c < file.get(r).size() ? file.get(r).get(c) : null;
                Object value = shown.get(r).get(c);
                if (!says(columns.get(c).kind(), value, cell, words)) {
                    wrong.add(what + ", " + columns.get(c).en() + ", row " + r + ": shown " + value + ", in the file "
                            + cell);
                }
            }
            if (new HashSet<>(words.values()).size() != words.size()) {
                wrong.add(what + ", " + columns.get(c).en() + ": two values, one word: " + words);
            }
        }
    }

    /** Whether a cell says what is shown. Of one of a few words: the same word for the same value, and no other. */
    private static boolean says(String kind, Object value, Object cell, Map<Object, Object> words) {
        boolean empty = cell == null || cell.equals("");
        if (value == null || value.equals("") || value.equals(List.of())) {
            return empty;
        }
        return switch (kind) {
            case "DECIMAL" -> !empty && new BigDecimal(value.toString()).compareTo(number(cell)) == 0;
            case "YUAN" ->
                !empty
                        && BigDecimal.valueOf(Long.parseLong(value.toString()), 2)
                                        .compareTo(number(cell))
                                == 0;
            case "INSTANT" -> wall(value).equals(moment(cell));
            case "DATE" -> value.toString().equals(moment(cell).substring(0, 10));
            case "TEXT" -> value.toString().equals(plain(cell));
            default -> cell != null && !empty && cell.equals(words.computeIfAbsent(value, first -> cell));
        };
    }

    /** More than fifteen digits are text in a workbook. */
    private static BigDecimal number(Object cell) {
        return new BigDecimal(cell.toString());
    }

    private static String wall(Object instant) {
        return WALL.format(
                LocalDateTime.ofInstant(Instant.parse((String) instant), ZONE).withNano(0));
    }

    private static String moment(Object cell) {
        return cell instanceof LocalDateTime at ? WALL.format(at) : String.valueOf(cell);
    }

    /** In CSV an apostrophe stands before what a spreadsheet would run. */
    private static String plain(Object cell) {
        String text = String.valueOf(cell);
        return text.matches("(?s)'[=+\\-@\\t\\r\\n＝＋－＠].*") ? text.substring(1) : text;
    }

    private byte[] file(ExportList<?, ?> list, String format, String language) {
        String manager = company.tenant().manager();
        return TestExports.file(manager, exports.made(manager, list.name(), format, filter(list.name()), language));
    }

    private Map<String, ?> filter(String list) {
        return switch (list) {
            case "ledgerStatement" -> Map.of("kind", "CASH_DESK");
            case "ratedUsageLines" ->
                Map.of("pointId", company.device(DeviceClass.EMETER).id());
            default -> Map.of();
        };
    }

    private String arguments(String list) {
        return switch (list) {
            // A statement is written from the oldest line on.
            case "ledgerStatement" -> "kind: CASH_DESK, direction: ASC, ";
            case "ratedUsageLines" ->
                "filter: {pointId: \"" + company.device(DeviceClass.EMETER).id() + "\"}, ";
            default -> "";
        };
    }

    private List<List<Object>> shown(String list, List<String> fields) {
        Graph manager = Graph.as(company.tenant().manager());
        String query = "query($after: String) { l: " + list + "(" + arguments(list) + "first: " + PAGE
                + ", after: $after) { nodes" + selection(fields) + " pageInfo { hasNextPage endCursor } } }";
        List<List<Object>> rows = new ArrayList<>();
        String after = null;
        boolean more = true;
        while (more) {
            JsonPath page = manager.ask(query, "after", after);
            for (Map<String, Object> node : page.<Map<String, Object>>getList("l.nodes")) {
                List<Object> row = new ArrayList<>();
                fields.forEach(field -> row.add(
                        field.startsWith("@")
                                ? value(beside(manager, field, node), field.split("\\.", 2)[1])
                                : value(node, field)));
                rows.add(row);
            }
            more = page.getBoolean("l.pageInfo.hasNextPage");
            after = page.getString("l.pageInfo.endCursor");
        }
        return rows;
    }

    /** What a row names and does not hold. */
    private Object beside(Graph manager, String field, Map<String, Object> node) {
        if (field.startsWith(DEVICE)) {
            return devices.computeIfAbsent((String) node.get("deviceId"), id -> manager.ask(
                            "query($i: ID!) { device(id: $i) { serialNo name space { name } } }", "i", id)
                    .get("device"));
        }
        List<Map<String, Object>> refunds = manager.ask(
                        "query($i: ID!) { refunds(filter: {orderId: $i}, first: 1) { nodes { state number reason"
                                + " succeededAt } } }",
                        "i",
                        node.get("id"))
                .getList("refunds.nodes");
        return refunds.isEmpty() ? null : refunds.get(0);
    }

    /** What stands at a path; {@code list[key=word].field} is the field of that item of a list whose key is that word. */
    @SuppressWarnings("unchecked")
    private static Object value(Object node, String path) {
        Object here = node;
        for (String step : path.split("\\.")) {
            if (here == null) {
                return null;
            }
            String[] parts = step.split("[\\[=\\]]");
            here = ((Map<String, Object>) here).get(parts[0]);
            if (parts.length > 1 && here != null) {
                here = ((List<Map<String, Object>>) here)
                        .stream()
                                .filter(item -> parts[2].equals(item.get(parts[1])))
                                .findFirst()
                                .orElse(null);
            }
        }
        return here;
    }

    private static String selection(List<String> paths) {
        Map<String, Set<String>> steps = new TreeMap<>();
        for (String named : paths) {
            String path = named.startsWith(DEVICE) ? "deviceId" : named.startsWith(REFUND) ? "id" : named;
            String[] parts = path.split("\\.", 2);
            String[] name = parts[0].split("[\\[=\\]]");
            Set<String> below = steps.computeIfAbsent(name[0], first -> new TreeSet<>());
            if (name.length > 1) {
                below.add(name[1]);
            }
            if (parts.length > 1) {
                below.add(parts[1]);
            }
        }
        StringBuilder text = new StringBuilder(" {");
        steps.forEach((step, below) ->
                text.append(' ').append(step).append(below.isEmpty() ? "" : selection(List.copyOf(below))));
        return text.append(" }").toString();
    }

    private static List<List<Object>> csv(byte[] file) {
        String text = new String(file, StandardCharsets.UTF_8).substring(1);
        try {
            List<List<Object>> lines = new ArrayList<>();
            for (CSVRecord line : CSVFormat.RFC4180.parse(new StringReader(text))) {
                lines.add(List.copyOf(line.toList()));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** List → heading of a column → field of the query, left to right. */
    private static Map<String, Map<String, String>> fields() throws IOException {
        Map<String, Map<String, String>> fields = new TreeMap<>();
        String list = null;
        for (String line : Files.readAllLines(FIELDS)) {
            if (line.startsWith("  ")) {
                String[] parts = line.strip().split(" = ");
                fields.get(list).put(parts[0], parts[1]);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                list = line;
                fields.put(list, new java.util.LinkedHashMap<>());
            }
        }
        return fields;
    }
}
