package cloud.wuye.story;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.payment.order.TestOrders;
import cloud.wuye.platform.export.TestExports;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a company's people see in a list they find in its file: the same rows, under the same filter. */
@QuarkusTest
class ExportedListsTest {
    private static final DateTimeFormatter WALL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));

    @Inject
    TestExports exports;

    @Inject
    TestOrders orders;

    private TestTenant company;
    private Graph manager;

    @BeforeEach
    void aCompany() {
        company = TestTenants.fresh();
        manager = Graph.as(company.manager());
    }

    @Test
    void orders() {
        orders.placed(company);
        String credited = orders.credited(company).toString();
        manager.ask("mutation($i:ID!){requestRefund(orderId:$i amountFen:1234 reason:\"=bad\"){id}}", "i", credited);
        List<Map<String, Object>> shown = manager.ask("{paymentOrders{nodes{id orderNo createdAt paidAt state}}}")
                .getList("paymentOrders.nodes");
        List<CSVRecord> lines = lines("paymentOrders", Map.of(), "zh");
        assertEquals(
                shown.stream().map(order -> order.get("orderNo")).toList(),
                lines.stream().map(line -> line.get("订单编号")).toList());
        CSVRecord paid = lines.stream()
                .filter(line -> !line.get("支付时间").isEmpty())
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of("sun", "会员", "50.00", "50.00", "0.00", "支付成功，已到账", "待审批", "'=bad", ""),
                List.of(
                        paid.get("用户名称"),
                        paid.get("用户类型"),
                        paid.get("应缴费金额(元)"),
                        paid.get("实际缴费金额(元)"),
                        paid.get("已退金额(元)"),
                        paid.get("交易状态"),
                        paid.get("最近退款状态"),
                        paid.get("退款原因"),
                        paid.get("退款完成时间")));
        assertEquals(wall(shown.get(0).get("paidAt")), lines.get(0).get("支付时间"));
        assertEquals(
                List.of("to be paid"),
                lines("paymentOrders", Map.of("states", List.of("PENDING")), "en").stream()
                        .map(line -> line.get("State"))
                        .toList());
    }

    @Test
    void ledger() {
        orders.credited(company);
        orders.credited(company);
        List<Map<String, Object>> shown = manager.ask(
                        "{ledgerStatement(kind:CASH_DESK direction:ASC){nodes{entryId postedAt amount balance}}}")
                .getList("ledgerStatement.nodes");
        assertTrue(shown.size() >= 2);
        List<CSVRecord> lines = lines("ledgerStatement", Map.of("kind", "CASH_DESK"), "en");
        assertEquals(
                shown.stream().map(line -> line.get("entryId")).toList(),
                lines.stream().map(line -> line.get("Entry")).toList());
        for (int i = 0; i < lines.size(); i++) {
            assertSame(shown.get(i).get("amount"), lines.get(i).get("Amount (debit positive)"));
            assertSame(shown.get(i).get("balance"), lines.get(i).get("Balance"));
            assertEquals(wall(shown.get(i).get("postedAt")), lines.get(i).get("Posted at"));
        }
        refused("ledgerStatement", Map.of(), "filter.kind");
        refused("ledgerStatement", Map.of("kind", "CUSTOMER_CREDIT"), "filter.subjectId");
    }

    @Test
    void metering() {
        String meter = register();
        Instant installed = Instant.now().minus(Duration.ofDays(3));
        manager.ask(
                "mutation($d:ID!,$i:MeterFittingInput!){installMeter(deviceId:$d fitting:$i){id}}",
                "d",
                meter,
                "i",
                Map.of("at", installed.toString(), "register", "0"));
        read(meter, "12.5", installed.plus(Duration.ofDays(2)));
        read(meter, "3", installed.plus(Duration.ofHours(60)));

        List<Map<String, Object>> readings = manager.ask(
                        "query($d:ID){meterReadings(filter:{deviceId:$d}){nodes{value readAt quality}}}", "d", meter)
                .getList("meterReadings.nodes");
        List<CSVRecord> lines = lines("meterReadings", Map.of("deviceId", meter), "en");
        assertEquals(3, readings.size());
        assertEquals(3, lines.size());
        for (int i = 0; i < 3; i++) {
            assertSame(readings.get(i).get("value"), lines.get(i).get("Reading"));
            assertEquals(wall(readings.get(i).get("readAt")), lines.get(i).get("Read at"));
            assertEquals("Z-1", lines.get(i).get("Meter number"));
        }
        assertEquals(
                List.of("suspect", "valid", "valid"),
                lines.stream().map(line -> line.get("Quality")).toList());

        List<CSVRecord> anomalies = lines("meterAnomalies", Map.of("open", true), "zh");
        assertEquals(
                List.of("倒走", "3", "Z-1", ""),
                List.of(
                        anomalies.get(0).get("发现"),
                        anomalies.get(0).get("首个异常读数"),
                        anomalies.get(0).get("表号"),
                        anomalies.get(0).get("结束时间")));
        assertEquals(0, lines("meterAnomalies", Map.of("open", false), "zh").size());

        List<CSVRecord> days = lines("consumptionByDay", Map.of("deviceId", meter), "en");
        BigDecimal used =
                days.stream().map(day -> new BigDecimal(day.get("Used"))).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertSame("12.5", used.toPlainString());
        // It began and ended in the middle of a day.
        assertEquals(
                List.of("no", "yes", "no"),
                days.stream().map(day -> day.get("Complete")).toList());
        assertEquals(
                1,
                lines("consumptionByDay", Map.of("from", days.get(0).get("Day")), "en")
                        .size());
        refused("consumptionByDay", Map.of("from", "2026-01-02", "to", "2026-01-01"), "filter.to");
    }

    @Test
    void switchingAndAudit() {
        String meter = register();
        manager.ask("mutation($d:[ID!]!){forceOff(deviceIds:$d reason:\"burst pipe\"){desired}}", "d", List.of(meter));
        CSVRecord off = lines("switchEvents", Map.of("deviceId", meter), "zh").get(0);
        assertEquals(
                List.of("Z-1", "开始断电", "人工断电", "burst pipe"),
                List.of(off.get("设备编号"), off.get("事件"), off.get("原因"), off.get("备注")));
        assertEquals(
                "forced off by staff",
                lines("switchEvents", Map.of(), "en").get(0).get("Reasons"));

        JsonPath shown = manager.ask("{auditEntries(filter:{act:\"device.\"}){nodes{id act}}}");
        assertEquals(
                shown.getList("auditEntries.nodes.act"),
                lines("auditEntries", Map.of("act", "device."), "en").stream()
                        .map(line -> line.get("Act"))
                        .toList());
    }

    private String register() {
        return manager.ask("mutation{registerDevice(input:{kind:ELECTRICITY_METER serialNo:\"Z-1\"}){device{id}}}")
                .getString("registerDevice.device.id");
    }

    private void read(String meter, String value, Instant at) {
        manager.ask(
                "mutation($d:ID!,$r:ManualReadingInput!){recordManualReading(deviceId:$d reading:$r){quality}}",
                "d",
                meter,
                "r",
                Map.of("value", value, "reason", "round", "readAt", at.toString()));
    }

    private List<CSVRecord> lines(String list, Map<String, ?> filter, String language) {
        String id = exports.made(company.manager(), list, "CSV", filter, language);
        String text = new String(TestExports.file(company.manager(), id), StandardCharsets.UTF_8);
        try {
            return CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get()
                    .parse(new StringReader(text.substring(1)))
                    .getRecords();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void refused(String list, Map<String, ?> filter, String field) {
        TestExports.ask(company.manager(), Map.of("list", list, "format", "CSV", "filter", filter))
                .then()
                .statusCode(400)
                .body("field", equalTo(field));
    }

    private static String wall(Object instant) {
        return instant == null ? "" : WALL.format(Instant.parse((String) instant));
    }

    private static void assertSame(Object expected, String shown) {
        assertEquals(0, new BigDecimal(String.valueOf(expected)).compareTo(new BigDecimal(shown)), shown);
    }
}
