package cloud.wuye.device.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cloud.wuye.device.registry.DeviceKind;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceSheetTest {
    @Test
    void readsChineseHeadingsAndWords() {
        DeviceSheet sheet = read("类型,表号,名称,位置\r\n电表, ZJ-1 ,大堂,海棠花园/1号楼\r\n水表,W1,,\r\n");
        assertEquals(
                List.of(
                        new SheetRow(2, DeviceKind.ELECTRICITY_METER, "ZJ-1", "大堂", null, "海棠花园/1号楼", null, 60),
                        new SheetRow(3, DeviceKind.WATER_METER, "W1", "W1", null, null, null, 60)),
                sheet.rows());
        assertEquals(List.of(), sheet.errors());
    }

    @Test
    void readsEnglishHeadingsInAnyOrderAndCase() {
        DeviceSheet sheet = read("Serial_No,Gateway,KIND,heartbeat_seconds\nE1,G1,emeter,30\nG1,,GATEWAY,\n");
        assertEquals("G1", sheet.rows().get(0).gateway());
        assertEquals(30, sheet.rows().get(0).heartbeatSeconds());
        assertEquals(DeviceKind.GATEWAY, sheet.rows().get(1).kind());
        assertNull(sheet.rows().get(1).gateway());
    }

    @ParameterizedTest
    @CsvSource({
        "'toaster,S1,', kind, IMPORT_KIND_UNKNOWN",
        "',S1,', kind, IMPORT_KIND_UNKNOWN",
        "'emeter,,', serial_no, IMPORT_VALUE_MISSING",
        "'emeter', serial_no, IMPORT_VALUE_MISSING",
        "'emeter,S1,4', heartbeat_seconds, IMPORT_NUMBER_OUT_OF_RANGE",
        "'emeter,S1,soon', heartbeat_seconds, IMPORT_NUMBER_OUT_OF_RANGE",
        "'emeter,S1,99999999999', heartbeat_seconds, IMPORT_NUMBER_OUT_OF_RANGE",
        "'emeter,FIRST,', serial_no, IMPORT_TWICE_IN_FILE",
    })
    void namesWhatIsWrongWithARow(String line, String column, ProblemCode code) {
        DeviceSheet sheet = read("kind,serial_no,heartbeat_seconds\nemeter,FIRST,\n" + line + "\n");
        assertEquals(1, sheet.errors().size(), sheet.errors()::toString);
        RowError error = sheet.errors().get(0);
        assertEquals(3, error.row());
        assertEquals(column, error.column());
        assertEquals(code, error.code());
        assertEquals(1, sheet.rows().size());
    }

    @Test
    void tellsOfEveryErrorInARowInBothLanguages() {
        DeviceSheet sheet = read("kind,serial_no,name\nx,," + "n".repeat(101) + "\n");
        assertEquals(
                List.of("kind", "serial_no", "name"),
                sheet.errors().stream().map(RowError::column).toList());
        assertEquals("没有这种设备类型：x", sheet.errors().get(0).message().zh());
        assertEquals(
                "There is no kind of device called x",
                sheet.errors().get(0).message().en());
    }

    @Test
    void skipsEmptyRowsButCountsThemAsASpreadsheetDoes() {
        DeviceSheet sheet = read("kind,serial_no\n\n,\nemeter,S1\n");
        assertEquals(1, sheet.size());
        assertEquals(4, sheet.rows().get(0).row());
    }

    @ParameterizedTest
    @CsvSource({
        "'', IMPORT_COLUMN_MISSING",
        "'kind', IMPORT_COLUMN_MISSING",
        "'kind,serial_no,colour', IMPORT_COLUMN_UNKNOWN",
        "'kind,类型,serial_no', IMPORT_COLUMN_TWICE",
        "'<html>', IMPORT_COLUMN_UNKNOWN",
    })
    void refusesWhatIsNoTableOfDevices(String header, ProblemCode code) {
        assertEquals(code, assertThrows(Problem.class, () -> read(header)).code());
    }

    @Test
    void refusesBrokenQuotesAndTooManyRows() {
        Problem broken = assertThrows(Problem.class, () -> read("kind,serial_no\nemeter,\"S1\"x\n"));
        assertEquals(ProblemCode.IMPORT_MALFORMED, broken.code());
        Problem many = assertThrows(
                Problem.class, () -> DeviceSheet.read("kind,serial_no\nemeter,1\nemeter,2\nemeter,3\n", 2));
        assertEquals(ProblemCode.IMPORT_TOO_MANY_ROWS, many.code());
    }

    @Test
    void readsUtf8WithAndWithoutMarkAndGbk() throws IOException {
        String text = "类型,表号\n电表,甲1\n";
        Charset gbk = Charset.forName("GBK");
        assertEquals(new CsvText(text, "UTF-8"), decode(text.getBytes(StandardCharsets.UTF_8)));
        assertEquals(new CsvText(text, "UTF-8"), decode(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8)));
        assertEquals(new CsvText(text, "GB18030"), decode(text.getBytes(gbk)));
        Problem neither = assertThrows(Problem.class, () -> decode(new byte[] {(byte) 0xFF, (byte) 0xFF, 0}));
        assertEquals(ProblemCode.IMPORT_ENCODING, neither.code());
    }

    @Test
    void refusesAFileOfMoreBytesThanAllowed() {
        Problem large = assertThrows(
                Problem.class, () -> CsvText.read(new ByteArrayInputStream(new byte[] {'a', 'b', 'c'}), 2));
        assertEquals(ProblemCode.IMPORT_TOO_LARGE, large.code());
    }

    private static CsvText decode(byte[] bytes) throws IOException {
        return CsvText.read(new ByteArrayInputStream(bytes), 1_000);
    }

    private static DeviceSheet read(String text) {
        return DeviceSheet.read(text, 100);
    }
}
