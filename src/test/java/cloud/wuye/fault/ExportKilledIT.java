package cloud.wuye.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.export.TestExports;
import cloud.wuye.testing.TestIssuer;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service is killed while it writes a list into a file; whoever comes back makes the file, whole, with each row once. */
class ExportKilledIT {
    private static final int ROWS = 60_000;
    private static final Duration LONG = Duration.ofSeconds(120);

    static {
        new TestIssuer().start();
    }

    private final Treasury treasury = new Treasury();

    @BeforeEach
    void manyReadings() throws IOException {
        treasury.build(1);
        // Values are 700000, 700001 …: a row is known by its value, and no other cell looks like one.
        treasury.estate.run(
                "INSERT INTO meter_reading (tenant_id, device_id, register, event_id, read_at, received_at, value, source, quality)"
                        + " SELECT ?, ?, 'TOTAL', gen_random_uuid(), now() - make_interval(secs => i), now(), 700000 + i, 'PUSHED',"
                        + " 'VALID' FROM generate_series(0, ? - 1) i",
                treasury.company.id(),
                treasury.meters.get(0),
                ROWS);
    }

    @AfterEach
    void end() {
        treasury.close();
    }

    @ParameterizedTest
    @CsvSource({"CSV, '(?m)^[^\\n]*?,(7\\d{5})(?:\\.0+)?,'", "XLSX, '<v>(7\\d{5})(?:\\.0+)?</v>'"})
    void whatWasHalfWrittenIsWrittenAnewAndWhole(String format, String value) throws Exception {
        String manager = treasury.company.manager();
        String id = TestExports.asked(manager, "meterReadings", format, Map.of(), "en");
        await().atMost(LONG).pollInterval(Duration.ofMillis(2)).until(() -> done(id) > 0);
        treasury.kill();
        assertEquals("RUNNING", stands(id, "state"), "killed too late to prove anything");
        assertTrue(done(id) < ROWS, () -> "killed too late to prove anything: " + done(id));

        treasury.start();
        await().atMost(LONG).until(() -> "DONE".equals(stands(id, "state")));

        assertEquals("2", stands(id, "attempts"));
        assertEquals(ROWS, done(id));
        byte[] file = TestExports.file(manager, id);
        assertEquals(stands(id, "sha256"), sha256(file));
        assertEquals(Integer.toString(file.length), stands(id, "bytes"));
        assertEquals(
                stands(id, "bytes"),
                treasury.one(
                        "SELECT sum(length(bytes)) FROM export_part WHERE export_id = '" + id + "' AND tenant_id = ?"),
                "nothing is left of the first try");
        assertEquals(
                IntStream.range(0, ROWS)
                        .mapToObj(i -> String.valueOf(700_000 + i))
                        .toList(),
                values(file, value));
    }

    /** Every row's value, in order; twice where a row stands twice. */
    private static List<String> values(byte[] file, String pattern) {
        return Pattern.compile(pattern)
                .matcher(TestExports.text(file))
                .results()
                .map(found -> found.group(1))
                .sorted()
                .toList();
    }

    private int done(String id) {
        return Integer.parseInt(stands(id, "rows_done"));
    }

    private String stands(String id, String column) {
        return treasury.one("SELECT " + column + " FROM export_job WHERE id = '" + id + "' AND tenant_id = ?");
    }

    private static String sha256(byte[] file) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
    }
}
