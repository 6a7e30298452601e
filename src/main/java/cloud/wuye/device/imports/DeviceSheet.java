package cloud.wuye.device.imports;

import cloud.wuye.device.registry.DeviceKind;
import cloud.wuye.device.registry.RegisterDevice;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A file read row by row: the rows that are well-formed, and what is wrong with the others. */
final class DeviceSheet {
    private static final int LONGEST_SERIAL_NO = 64;
    private static final int LONGEST_NAME = 100;

    private final List<SheetRow> rows = new ArrayList<>();
    private final List<RowError> errors = new ArrayList<>();
    private final Map<String, Integer> rowOfSerialNo = new HashMap<>();
    private Map<ImportColumn, Integer> columns;
    private int size;

    private DeviceSheet() {}

    /** Reads a whole file; one that is no table of devices is refused with an IMPORT_… problem. */
    static DeviceSheet read(String text, int maxRows) {
        DeviceSheet sheet = new DeviceSheet();
        try (CSVParser parser =
                CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get().parse(new StringReader(text))) {
            Iterator<CSVRecord> records = parser.iterator();
            sheet.columns = header(records);
            while (records.hasNext()) {
                sheet.take(records.next(), maxRows);
            }
            return sheet;
        } catch (CSVException e) {
            throw new Problem(ProblemCode.IMPORT_MALFORMED, null, sheet.size + 2);
        } catch (UncheckedIOException | IOException e) {
            throw new Problem(ProblemCode.IMPORT_MALFORMED, null, sheet.size + 2);
        }
    }

    List<SheetRow> rows() {
        return rows;
    }

    List<RowError> errors() {
        return errors;
    }

    /** Rows that are not empty, right or wrong. */
    int size() {
        return size;
    }

    private static Map<ImportColumn, Integer> header(Iterator<CSVRecord> records) {
        Map<ImportColumn, Integer> columns = new EnumMap<>(ImportColumn.class);
        if (records.hasNext()) {
            CSVRecord header = records.next();
            for (int i = 0; i < header.size(); i++) {
                String heading = header.get(i);
                ImportColumn column = ImportColumn.of(heading)
                        .orElseThrow(() -> new Problem(ProblemCode.IMPORT_COLUMN_UNKNOWN, heading, heading));
                if (columns.put(column, i) != null) {
                    throw new Problem(ProblemCode.IMPORT_COLUMN_TWICE, heading, heading);
                }
            }
        }
        for (ImportColumn column : ImportColumn.values()) {
            if (column.required() && !columns.containsKey(column)) {
                throw new Problem(ProblemCode.IMPORT_COLUMN_MISSING, column.heading(), column.heading());
            }
        }
        return columns;
    }

    private void take(CSVRecord csv, int maxRows) {
        if (csv.stream().allMatch(String::isBlank)) {
            return;
        }
        if (++size > maxRows) {
            throw new Problem(ProblemCode.IMPORT_TOO_MANY_ROWS, null, maxRows);
        }
        int row = (int) csv.getRecordNumber();
        int before = errors.size();
        Optional<DeviceKind> kind = kind(csv, row);
        String serialNo = serialNo(csv, row);
        String name = limited(csv, row, ImportColumn.NAME, LONGEST_NAME);
        String model = limited(csv, row, ImportColumn.MODEL, LONGEST_NAME);
        int heartbeat = heartbeat(csv, row);
        if (errors.size() == before) {
            rows.add(new SheetRow(
                    row,
                    kind.orElseThrow(),
                    serialNo,
                    name == null ? serialNo : name,
                    model,
                    cell(csv, ImportColumn.SPACE),
                    cell(csv, ImportColumn.GATEWAY),
                    heartbeat));
        }
    }

    private Optional<DeviceKind> kind(CSVRecord csv, int row) {
        String word = cell(csv, ImportColumn.KIND);
        Optional<DeviceKind> kind = word == null ? Optional.empty() : KindWords.kind(word);
        if (kind.isEmpty()) {
            errors.add(RowError.of(row, ImportColumn.KIND, ProblemCode.IMPORT_KIND_UNKNOWN, word == null ? "" : word));
        }
        return kind;
    }

    private String serialNo(CSVRecord csv, int row) {
        String serialNo = cell(csv, ImportColumn.SERIAL_NO);
        if (serialNo == null) {
            errors.add(RowError.of(row, ImportColumn.SERIAL_NO, ProblemCode.IMPORT_VALUE_MISSING));
        } else if (serialNo.length() > LONGEST_SERIAL_NO) {
            errors.add(RowError.of(row, ImportColumn.SERIAL_NO, ProblemCode.IMPORT_VALUE_TOO_LONG, LONGEST_SERIAL_NO));
        } else {
            Integer first = rowOfSerialNo.putIfAbsent(serialNo, row);
            if (first != null) {
                errors.add(RowError.of(row, ImportColumn.SERIAL_NO, ProblemCode.IMPORT_TWICE_IN_FILE, serialNo, first));
            }
        }
        return serialNo;
    }

    private String limited(CSVRecord csv, int row, ImportColumn column, int longest) {
        String value = cell(csv, column);
        if (value != null && value.length() > longest) {
            errors.add(RowError.of(row, column, ProblemCode.IMPORT_VALUE_TOO_LONG, longest));
        }
        return value;
    }

    private int heartbeat(CSVRecord csv, int row) {
        String value = cell(csv, ImportColumn.HEARTBEAT);
        if (value == null) {
            return RegisterDevice.HEARTBEAT;
        }
        if (value.matches("\\d{1,5}")) {
            int seconds = Integer.parseInt(value);
            if (seconds >= 5 && seconds <= 86_400) {
                return seconds;
            }
        }
        errors.add(RowError.of(row, ImportColumn.HEARTBEAT, ProblemCode.IMPORT_NUMBER_OUT_OF_RANGE, 5, 86_400));
        return 0;
    }

    /** The cell without the blanks round it; null when it is empty, or the row too short. */
    private String cell(CSVRecord csv, ImportColumn column) {
        Integer index = columns.get(column);
        String value =
                index == null || index >= csv.size() ? "" : csv.get(index).strip();
        return value.isEmpty() ? null : value;
    }
}
