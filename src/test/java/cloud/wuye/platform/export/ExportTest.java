package cloud.wuye.platform.export;

import static cloud.wuye.platform.export.TestExports.as;
import static cloud.wuye.platform.export.TestExports.ask;
import static cloud.wuye.platform.export.TestExports.asked;
import static cloud.wuye.platform.export.TestExports.file;
import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From asking for a list to its file, with a list of the test's own; chunks are 100 rows, parts 2000 bytes, the limit is 1500 rows. */
@QuarkusTest
class ExportTest {
    @Inject
    TestExports exports;

    @Inject
    Exports store;

    @Inject
    ProbeList probes;

    @Inject
    Clock clock;

    @Inject
    Db db;

    @Inject
    TestDevices tables;

    private TestTenant company;

    @BeforeEach
    void aCompany() {
        clock.reset();
        company = TestTenants.fresh();
    }

    @AfterEach
    void quiet() {
        probes.beforeChunk(after -> {});
        clock.reset();
        exports.runAll();
    }

    @Test
    void csvHoldsWhatTheListHolds() throws IOException {
        byte[] bytes = file(company.finance(), made("CSV", Map.of("rows", 250), "zh"));
        String text = new String(bytes, StandardCharsets.UTF_8);
        assertEquals('\uFEFF', text.charAt(0));
        List<CSVRecord> lines =
                CSVFormat.RFC4180.parse(new StringReader(text.substring(1))).getRecords();
        assertEquals(251, lines.size());
        assertEquals(
                List.of("序号", "文本", "电量", "金额(元)", "时间", "日期", "颜色", "偶数"),
                lines.get(0).toList());
        assertEquals(
                List.of("1", "'=1+1", "1.03", "-1.00", "2026-03-02 00:00:01", "2026-01-02", "绿", "否"),
                lines.get(1).toList());
        assertEquals("a,\"b\"\n中文 2", lines.get(2).get(1));
        assertEquals(
                List.of("3", "'-3", "3.03", "", "2026-03-02 00:00:03", "2026-01-04", "绿", "否"),
                lines.get(3).toList());
        assertEquals("'＠4", lines.get(4).get(1));
        assertEquals("", lines.get(5).get(1));
        assertEquals("123456789012345.6789", lines.get(7).get(2));
        for (int n = 1; n <= 250; n++) {
            assertEquals(String.valueOf(n), lines.get(n).get(0));
        }
    }

    @Test
    void xlsxHoldsNumbersAndTimesAsSuch() throws IOException {
        byte[] bytes = file(company.finance(), made("XLSX", Map.of("rows", 250), "en"));
        try (ReadableWorkbook book =
                new ReadableWorkbook(new ByteArrayInputStream(bytes), new ReadingOptions(true, false))) {
            assertEquals("Probes", book.getFirstSheet().getName());
            List<Row> rows = book.getFirstSheet().read();
            assertEquals(251, rows.size());
            assertEquals("Amount (yuan)", rows.get(0).getCellText(3));
            Row first = rows.get(1);
            assertEquals("1", first.getCell(0).asNumber().toPlainString());
            assertEquals(CellType.STRING, first.getCell(1).getType());
            assertEquals("=1+1", first.getCellText(1));
            assertEquals(0, new BigDecimal("1.03").compareTo(first.getCell(2).asNumber()));
            assertEquals(0, new BigDecimal("-1").compareTo(first.getCell(3).asNumber()));
            assertEquals("0.00", first.getCell(3).getDataFormatString());
            assertEquals(LocalDateTime.of(2026, 3, 2, 0, 0, 1), first.getCell(4).asDate());
            assertEquals("yyyy-mm-dd hh:mm:ss", first.getCell(4).getDataFormatString());
            assertEquals(LocalDate.of(2026, 1, 2), first.getCell(5).asDate().toLocalDate());
            assertEquals("green", first.getCellText(6));
            assertEquals("no", first.getCellText(7));
            assertEquals("a,\"b\"\n中文 2", rows.get(2).getCellText(1));
            assertTrue(rows.get(3).getCell(3) == null || rows.get(3).getCell(3).getType() == CellType.EMPTY);
            assertEquals("123456789012345.6789", rows.get(7).getCellText(2));
            for (int n = 1; n <= 250; n++) {
                assertEquals(n, rows.get(n).getCell(0).asNumber().intValueExact());
            }
        }
        String sheet = TestExports.text(bytes);
        assertTrue(sheet.contains("state=\"frozen\""), sheet.substring(0, 600));
        assertTrue(sheet.contains("<cols>"), sheet.substring(0, 600));
    }

    @Test
    void theEdgesOfChunksAndPartsLoseNothing() {
        for (int rows : new int[] {0, 1, 99, 100, 101, 200, 1500}) {
            String id = made("CSV", Map.of("rows", rows), "en");
            look(company.finance(), id)
                    .then()
                    .body("state", equalTo("DONE"))
                    .body("rowsDone", equalTo(rows))
                    .body("rowsTotal", equalTo(rows));
            String text = new String(file(company.finance(), id), StandardCharsets.UTF_8);
            assertEquals(
                    rows + 1,
                    text.replaceAll("\"[^\"]*(\"\"[^\"]*)*\"", "").lines().count(),
                    text);
        }
    }

    @Test
    void theFilterIsKeptTo() {
        String text = new String(
                file(company.finance(), made("CSV", Map.of("rows", 10, "colours", List.of("RED")), "en")),
                StandardCharsets.UTF_8);
        assertTrue(text.contains(",red,yes"));
        assertFalse(text.contains("green"));
    }

    @Test
    void theAnswerTellsTheWayAndTheLimit() {
        Response asked = ask(company.finance(), "{\"list\":\"probes\",\"format\":\"CSV\"}");
        String id = asked.then()
                .statusCode(202)
                .header("Location", endsWith("/api/exports/" + asked.path("id")))
                .body("state", equalTo("QUEUED"))
                .body("language", equalTo("ZH"))
                .body("rowsDone", equalTo(0))
                .body("rowsTotal", nullValue())
                .body("rowLimit", equalTo(1500))
                .body("file", nullValue())
                .extract()
                .path("id");
        as(company.finance())
                .get("/api/exports/" + id + "/file")
                .then()
                .statusCode(409)
                .body("code", equalTo("ILLEGAL_STATE"));
        exports.runAll();
        byte[] bytes = file(company.finance(), id);
        look(company.finance(), id)
                .then()
                .body("state", equalTo("DONE"))
                .body("size", equalTo(bytes.length))
                .body("sha256", equalTo(sha256(bytes)))
                .body("expiresAt", notNullValue())
                .body("file", equalTo("/api/exports/" + id + "/file"));
    }

    @Test
    void piecesMakeTheWhole() {
        String id = made("XLSX", Map.of("rows", 1000), "zh");
        byte[] whole = file(company.finance(), id);
        assertTrue(whole.length > 5 * 2000, "several parts: " + whole.length);
        ByteArrayOutputStream pieces = new ByteArrayOutputStream();
        String etag = null;
        for (int from = 0; from < whole.length; from += 3001) {
            Response piece = as(company.finance())
                    .header("Range", "bytes=" + from + "-" + (from + 3000))
                    .header("If-Range", etag == null ? "\"\"" : etag)
                    .get("/api/exports/" + id + "/file");
            if (etag == null) {
                // Of another state than the one that is there: all of it.
                assertEquals(200, piece.statusCode());
                assertArrayEquals(whole, piece.asByteArray());
                etag = piece.header("ETag");
                from -= 3001;
                continue;
            }
            int to = Math.min(from + 3000, whole.length - 1);
            piece.then()
                    .statusCode(206)
                    .header("Content-Range", "bytes " + from + "-" + to + "/" + whole.length)
                    .header("Content-Length", String.valueOf(to - from + 1))
                    .header("ETag", etag);
            pieces.writeBytes(piece.asByteArray());
        }
        assertArrayEquals(whole, pieces.toByteArray());
    }

    @Test
    void rangesAreAnsweredAsTheStandardSays() {
        String id = made("CSV", Map.of("rows", 300), "zh");
        byte[] whole = file(company.finance(), id);
        int size = whole.length;
        Response all = as(company.finance()).get("/api/exports/" + id + "/file");
        all.then()
                .statusCode(200)
                .header("Accept-Ranges", "bytes")
                .header("Content-Length", String.valueOf(size))
                .header("Transfer-Encoding", nullValue())
                .header("Content-Type", equalTo("text/csv;charset=UTF-8"));
        assertTrue(all.header("Content-Disposition").contains("filename=\"probes-"), all.header("Content-Disposition"));
        assertTrue(
                all.header("Content-Disposition").contains("filename*=UTF-8''%E6%8E%A2%E9%92%88-"),
                all.header("Content-Disposition"));
        range(id, "bytes=-10")
                .then()
                .statusCode(206)
                .header("Content-Range", "bytes " + (size - 10) + "-" + (size - 1) + "/" + size);
        range(id, "bytes=0-").then().statusCode(206).header("Content-Length", String.valueOf(size));
        range(id, "bytes=1999-2000").then().statusCode(206).header("Content-Length", "2");
        assertArrayEquals(
                new byte[] {whole[1999], whole[2000]},
                range(id, "bytes=1999-2000").asByteArray());
        for (String beyond : List.of("bytes=" + size + "-", "bytes=-0")) {
            range(id, beyond).then().statusCode(416).header("Content-Range", "bytes */" + size);
        }
        for (String unreadable : List.of("bytes=5-4", "bytes=a-b", "bytes=0-1,3-4", "lines=0-1", "bytes=-")) {
            range(id, unreadable).then().statusCode(200);
        }
        as(company.finance())
                .header("If-None-Match", all.header("ETag"))
                .get("/api/exports/" + id + "/file")
                .then()
                .statusCode(304);
    }

    @Test
    void anotherReplicaBeginsAnewWhereOneDied() {
        String id = asked(company.finance(), "probes", "CSV", Map.of("rows", 450), "zh");
        Export dead = take().get(0);
        assertTrue(progress(dead, new Progress(200, 450, 4100, 0, List.of(new byte[2000], new byte[2000]))));
        look(company.finance(), id)
                .then()
                .body("state", equalTo("RUNNING"))
                .body("rowsDone", equalTo(200))
                .body("rowsTotal", equalTo(450));
        // It may only be slow: until its lease is over nobody else touches it.
        exports.runAll();
        look(company.finance(), id).then().body("state", equalTo("RUNNING"));
        clock.shift(Duration.ofMinutes(3));
        exports.runAll();
        look(company.finance(), id).then().body("state", equalTo("DONE")).body("rowsDone", equalTo(450));
        byte[] bytes = file(company.finance(), id);
        assertArrayEquals(file(company.finance(), made("CSV", Map.of("rows", 450), "zh")), bytes);
        // Were it not dead but slow, it would have no say any more.
        assertFalse(progress(dead, new Progress(300, 450, 6100, 2, List.of(new byte[2000]))));
        assertArrayEquals(bytes, file(company.finance(), id));
    }

    @Test
    void whoLosesTheLeaseHalfWayWritesNoMore() {
        String id = asked(company.finance(), "probes", "CSV", Map.of("rows", 450), "zh");
        probes.beforeChunk(after -> {
            if (after != null) {
                probes.beforeChunk(more -> {});
                tables.run("UPDATE export_job SET lease = gen_random_uuid() WHERE id = ?", UUID.fromString(id));
            }
        });
        exports.runAll();
        look(company.finance(), id).then().body("state", equalTo("RUNNING")).body("rowsDone", equalTo(100));
        clock.shift(Duration.ofMinutes(3));
        exports.runAll();
        look(company.finance(), id).then().body("state", equalTo("DONE")).body("rowsDone", equalTo(450));
    }

    @Test
    void oneThatDiesEachTimeIsGivenUp() {
        String id = asked(company.finance(), "probes", "CSV", Map.of("rows", 5), "zh");
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertEquals(1, take().size());
            clock.shift(Duration.ofMinutes(3L * attempt));
        }
        begin();
        look(company.finance(), id)
                .then()
                .body("state", equalTo("FAILED"))
                .body("problem.code", equalTo("UNAVAILABLE"));
        assertEquals(0, take().size());
    }

    @Test
    void whatNobodyForesawFailsItWithoutAWordOfTheCause() {
        probes.beforeChunk(after -> {
            throw new IllegalStateException("secret");
        });
        String id = made("CSV", Map.of("rows", 5), "zh");
        look(company.finance(), id)
                .then()
                .body("state", equalTo("FAILED"))
                .body("size", equalTo(0))
                .body("problem.code", equalTo("INTERNAL"))
                .body("problem.message", not(containsString("secret")));
        as(company.finance()).get("/api/exports/" + id + "/file").then().statusCode(409);
        assertEquals(0, partsOf(id));
    }

    @Test
    void tooManyRowsAreRefusedWithTheirNumber() {
        String id = made("XLSX", Map.of("rows", 1501), "zh");
        look(company.finance(), id)
                .then()
                .body("state", equalTo("FAILED"))
                .body("problem.code", equalTo("EXPORT_TOO_LARGE"))
                .body("problem.message", equalTo("共有 1501 行，一次最多导出 1500 行，请缩小筛选范围"));
        String huge = made("CSV", Map.of("rows", 999_999), "zh");
        as(company.finance())
                .header("Accept-Language", "en")
                .get("/api/exports/" + huge)
                .then()
                .body(
                        "problem.message",
                        equalTo("There are 15000+ rows; an export has at most 1500: narrow the filter"));
    }

    @Test
    void aFilterIsRefusedWithTheFieldAtFault() {
        Map<String, String> refused = Map.of(
                "{\"colour\":[]}", "filter.colour",
                "{\"colours\":[\"RED\",\"BLUE\"]}", "filter.colours[1]",
                "{\"rows\":-1}", "filter.rows",
                "{\"rows\":\"7\"}", "filter.rows",
                "{\"at\":{\"from\":\"yesterday\"}}", "filter.at.from",
                "{\"at\":{\"since\":null}}", "filter.at.since",
                "{\"at\":{\"from\":\"2026-02-01T00:00:00Z\",\"to\":\"2026-01-31T00:00:00Z\"}}", "filter.at.to",
                "[]", "filter",
                "7", "filter");
        refused.forEach((filter, field) -> ask(
                        company.finance(), "{\"list\":\"probes\",\"format\":\"CSV\",\"filter\":" + filter + "}")
                .then()
                .statusCode(400)
                .body("code", equalTo("VALIDATION"))
                .body("field", equalTo(field)));
        Map<String, String> others = Map.of(
                "{\"list\":\"nothing\",\"format\":\"CSV\"}", "list",
                "{\"format\":\"CSV\"}", "list",
                "{\"list\":\"probes\",\"format\":\"PDF\"}", "format",
                "{\"list\":\"probes\",\"format\":\"CSV\",\"language\":\"fr\"}", "language",
                "{\"list\":\"probes\",\"format\":\"CSV\",\"tenant\":\"x\"}", "tenant");
        others.forEach((body, field) -> ask(company.finance(), body)
                .then()
                .statusCode(400)
                .body("code", equalTo("VALIDATION"))
                .body("field", equalTo(field)));
        for (String body : List.of("", "{", "[]", "null")) {
            ask(company.finance(), body).then().statusCode(400).body("code", equalTo("BAD_REQUEST"));
        }
    }

    @Test
    void whoMayNotSeeTheListMayNotTakeIt() {
        ask(company.technician(), Map.of("list", "probes", "format", "CSV"))
                .then()
                .statusCode(403);
        String id = made("CSV", Map.of("rows", 5), "zh");
        // A colleague's is as if it were not there, but for the manager.
        String colleague = company.as("gu", "finance");
        for (String token :
                List.of(colleague, company.technician(), TestTenants.fresh().manager())) {
            look(token, id).then().statusCode(404);
            as(token).get("/api/exports/" + id + "/file").then().statusCode(404);
            as(token).delete("/api/exports/" + id).then().statusCode(404);
        }
        look(company.manager(), id).then().statusCode(200).body("requestedBy", notNullValue());
        file(company.manager(), id);
        // Qian, who asked for it, is no accountant any more.
        as(company.as("qian", "technician"))
                .get("/api/exports/" + id + "/file")
                .then()
                .statusCode(403);
        look(company.resident(), id).then().statusCode(403);
        look(company.finance(), "nonsense").then().statusCode(404);
    }

    @Test
    void oneUnderWayIsCancelledAndOneThatIsDoneIsRemoved() {
        String id = asked(company.finance(), "probes", "CSV", Map.of("rows", 450), "zh");
        probes.beforeChunk(after -> {
            if (after != null) {
                probes.beforeChunk(more -> {});
                tables.run("UPDATE export_job SET state = 'CANCELLED', lease = NULL WHERE id = ?", UUID.fromString(id));
            }
        });
        exports.runAll();
        look(company.finance(), id).then().body("state", equalTo("CANCELLED"));

        String waiting = asked(company.finance(), "probes", "CSV", Map.of(), "zh");
        as(company.finance()).delete("/api/exports/" + waiting).then().statusCode(204);
        exports.runAll();
        look(company.finance(), waiting).then().body("state", equalTo("CANCELLED"));

        String done = made("CSV", Map.of("rows", 100), "zh");
        assertTrue(partsOf(done) > 0);
        as(company.finance()).delete("/api/exports/" + done).then().statusCode(204);
        look(company.finance(), done).then().statusCode(404);
        as(company.finance()).delete("/api/exports/" + done).then().statusCode(404);
        assertEquals(0, partsOf(done));
    }

    @Test
    void aFileIsGoneAfterADay() {
        String id = made("CSV", Map.of("rows", 5), "zh");
        clock.shift(Duration.ofHours(23));
        begin();
        look(company.finance(), id).then().body("state", equalTo("DONE"));
        clock.shift(Duration.ofHours(25));
        begin();
        look(company.finance(), id).then().body("state", equalTo("EXPIRED")).body("file", nullValue());
        as(company.finance()).get("/api/exports/" + id + "/file").then().statusCode(409);
        assertEquals(0, partsOf(id));
    }

    @Test
    void aCompanyHasItsPlacesAndNoMore() {
        for (int i = 0; i < 20; i++) {
            asked(company.finance(), "probes", "CSV", Map.of(), "zh");
        }
        ask(company.manager(), Map.of("list", "probes", "format", "CSV"))
                .then()
                .statusCode(429)
                .body("code", equalTo("EXPORT_TOO_MANY"));
        TestTenant other = TestTenants.fresh();
        String theirs = asked(other.finance(), "probes", "CSV", Map.of(), "zh");
        List<Export> taken = take();
        assertEquals(3, taken.size());
        assertEquals(
                2,
                taken.stream()
                        .filter(each -> each.tenantId().equals(company.id()))
                        .count());
        assertTrue(taken.stream().anyMatch(each -> each.id().toString().equals(theirs)));
        assertEquals(0, take().size());
        clock.shift(Duration.ofMinutes(3));
    }

    @Test
    void theAuditLogTellsWhoTookWhat() {
        String id = made("CSV", Map.of("rows", 5), "zh");
        file(company.manager(), id);
        range(id, "bytes=10-19");
        range(id, "bytes=999999-").then().statusCode(416);
        as(company.finance()).delete("/api/exports/" + id);
        List<Map<String, String>> entries = Graph.as(company.manager())
                .ask("{auditEntries(filter:{subjectType:\"Export\"} direction:ASC){nodes{act actor subjectId after}}}")
                .getList("auditEntries.nodes");
        assertEquals(
                List.of("export.start", "export.download", "export.download", "export.remove"),
                entries.stream().map(entry -> entry.get("act")).toList());
        assertEquals(company.subject("qian"), entries.get(0).get("actor"));
        assertTrue(entries.get(0).get("after").contains("probes"));
        assertEquals(company.subject("lin"), entries.get(1).get("actor"));
        assertTrue(
                entries.get(2).get("after").contains("bytes 10-19/"),
                entries.get(2).get("after"));
        assertTrue(entries.stream().allMatch(entry -> entry.get("subjectId").equals(id)));
    }

    private String made(String format, Map<String, ?> filter, String language) {
        return exports.made(company.finance(), "probes", format, filter, language);
    }

    private static Response look(String token, String id) {
        return as(token).get("/api/exports/" + id);
    }

    private Response range(String id, String range) {
        return as(company.finance()).header("Range", range).get("/api/exports/" + id + "/file");
    }

    private List<Export> take() {
        return await(() -> db.acrossTenants("test", tx -> store.take(tx, List.of("probes"), 10)));
    }

    private void begin() {
        await(() -> db.acrossTenants("test", store::expire));
        await(() -> db.acrossTenants("test", tx -> store.giveUp(tx, new Problem(ProblemCode.UNAVAILABLE))));
    }

    private boolean progress(Export run, Progress so) {
        return await(() -> db.forTenantSql(run.tenantId(), tx -> store.progress(tx, run, so)));
    }

    private int partsOf(String id) {
        return tables.rows("SELECT no::text FROM export_part WHERE export_id = ?", UUID.fromString(id))
                .size();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T await(Supplier<Uni<T>> work) {
        try {
            return subscribeAndAwait(work);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
