package cloud.wuye.device.metering.topup;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.device.metering.account.TestAccounts;
import cloud.wuye.device.metering.account.TestAccounts.Terms;
import cloud.wuye.ledger.TestBooks;
import cloud.wuye.payment.PrepayMethod;
import cloud.wuye.payment.order.PayOrder;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.SimulatedPayments;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The six rows of the screen 缴费记录, made anew by paying and not paying through the simulated channel. */
@QuarkusTest
class PaymentRecordsTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter WORDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final String FIRST = "ZJ00239J0012";
    private static final String SECOND = "23100002";
    private static final String THIRD = "ZJ00238U2F6A";

    /** 电表编号 用户名称 用户类型 应缴 实缴 单价 收入 手续费 充值度数 充值前 充值后 剩余 状态 创建时间. */
    private static final List<String> SCREEN = List.of(
            "ZJ00239J0012|Wang|会员|0.01|0.01|1|0.01|0|0.01|1.03|1.04||支付成功|2024-07-06 15:22:47",
            "ZJ00239J0012|Wang|会员|0.01|0.01|1|0.01|0|0.01|1.02|1.03||支付成功|2024-07-06 14:59:29",
            "ZJ00239J0012|Wang|会员|0.01|0.01|1|0.01|0|0.01|1.01|1.02||支付成功|2024-07-06 14:49:29",
            "ZJ00239J0012|Wang|会员|0.01|0.01|1|0.01|0|0.01|1|1.01||支付成功|2024-07-06 14:41:52",
            "23100002|Wang|会员|0.01|0.01|1|0.01|0|0.01|0.16|0.17||订单关闭|2024-06-26 21:46:58",
            "ZJ00238U2F6A|Wang|会员|50|50.3|1|50|0.3|50|1|51||订单关闭|2024-06-24 16:54:54");

    private static final String RECORDS =
            "query($f:PaymentRecordFilterInput,$n:Int,$a:String,$s:SortDirection){r:paymentRecords(filter:$f first:$n after:$a direction:$s){nodes{"
                    + "meterNo payerName payerKind payableFen paidFen unitPrice incomeFen feeFen quantity before after remaining"
                    + " status{state zh} createdAt} pageInfo{endCursor hasNextPage}}}";

    @Inject
    TestDevices devices;

    @Inject
    TestAccounts accounts;

    @Inject
    TestBooks books;

    @Inject
    PayOrder pay;

    @Inject
    Clock clock;

    private TestTenant company;
    private SimulatedPayments channel;

    @BeforeEach
    void companyWithAChannel() {
        company = TestTenants.fresh();
        channel = SimulatedPayments.fresh();
        at("2024-06-24 09:00:00");
        channel.openFor(company.manager());
    }

    @AfterEach
    void rightTime() {
        clock.reset();
        channel.order("clock", Map.of());
    }

    @Test
    void theScreensSixRowsOfElectricityCellByCell() throws Throwable {
        theSixRows("emeter", Commodity.ELECTRICITY);
    }

    @Test
    void andOfWater() throws Throwable {
        theSixRows("wmeter", Commodity.WATER);
    }

    private void theSixRows(String deviceClass, Commodity commodity) throws Throwable {
        String plan = accounts.plan(company, commodity, "1");
        UUID first = meter(deviceClass, commodity, plan, FIRST, "1");
        UUID second = meter(deviceClass, commodity, plan, SECOND, "0.16");
        UUID third = meter(deviceClass, commodity, plan, THIRD, "1");
        at("2024-06-24 16:54:54");
        close(order(third, 5000));
        at("2024-06-26 21:46:58");
        close(order(second, 1));
        for (String time : List.of("14:41:52", "14:49:29", "14:59:29", "15:22:47")) {
            at("2024-07-06 " + time);
            paid(order(first, 1));
        }

        assertEquals(SCREEN, rows(Map.of("commodity", commodity.name()), null));
        List<String> backwards = new ArrayList<>(SCREEN);
        java.util.Collections.reverse(backwards);
        assertEquals(backwards, rows(Map.of(), "ASC"));
        assertEquals(SCREEN.subList(4, 5), rows(Map.of("meterNo", "2310"), null));
        assertEquals(SCREEN.subList(0, 4), rows(Map.of("states", List.of("CREDITED")), null));
        assertEquals(
                SCREEN.subList(1, 5),
                rows(
                        Map.of(
                                "createdAt",
                                Map.of(
                                        "from",
                                        instant("2024-06-26 00:00:00").toString(),
                                        "to",
                                        instant("2024-07-06 15:00:00").toString())),
                        null));
        Commodity other = commodity == Commodity.WATER ? Commodity.ELECTRICITY : Commodity.WATER;
        assertEquals(List.of(), rows(Map.of("commodity", other.name()), null));
        assertEquals("1.04", accounts.credit(company, first));
        String book = commodity == Commodity.WATER ? "WATER" : "ENERGY";
        assertEquals("-0.04", books.balance(company, book + "_CREDIT", first));
        assertEquals("0.04", books.balance(company, book + "_SOLD", null));
        assertEquals("-0.04", books.balance(company, "CUSTOMER_CREDIT", first));
        assertEquals("0.16", accounts.credit(company, second), "a closed order never credits");
        assertEquals("1", accounts.credit(company, third));
        JsonPath totals = finance()
                .ask(
                        "query($f:PaymentRecordFilterInput){t:paymentRecordTotals(filter:$f){records credited paidFen incomeFen feeFen"
                                + " refundedFen quantity complete}}",
                        "f",
                        Map.of("commodity", commodity.name()));
        assertEquals(
                "{records=6, credited=4, paidFen=4, incomeFen=4, feeFen=0, refundedFen=0, quantity=0.0400, complete=true}",
                String.valueOf(totals.<Object>get("t")));
    }

    /** As the screen writes them, page by page. */
    private List<String> rows(Map<String, Object> filter, String direction) {
        List<String> rows = new ArrayList<>();
        String after = null;
        while (true) {
            JsonPath page = finance().ask(RECORDS, "f", filter, "n", 4, "a", after, "s", direction);
            List<Map<String, Object>> nodes = page.getList("r.nodes");
            nodes.forEach(node -> rows.add(words(node)));
            if (!page.getBoolean("r.pageInfo.hasNextPage")) {
                return rows;
            }
            after = page.getString("r.pageInfo.endCursor");
        }
    }

    private static String words(Map<String, Object> row) {
        return String.join(
                "|",
                String.valueOf(row.get("meterNo")),
                String.valueOf(row.get("payerName")),
                row.get("payerKind").equals("MEMBER") ? "会员" : "游客",
                yuan(row.get("payableFen")),
                yuan(row.get("paidFen")),
                number(row.get("unitPrice")),
                yuan(row.get("incomeFen")),
                yuan(row.get("feeFen")),
                number(row.get("quantity")),
                number(row.get("before")),
                number(row.get("after")),
                row.get("remaining") == null ? "" : "something",
                String.valueOf(((Map<?, ?>) row.get("status")).get("zh")),
                Instant.parse(String.valueOf(row.get("createdAt")))
                        .atZone(SHANGHAI)
                        .format(WORDS));
    }

    private static String yuan(Object fen) {
        return number(new BigDecimal(String.valueOf(fen)).movePointLeft(2));
    }

    private static String number(Object value) {
        return new BigDecimal(String.valueOf(value)).stripTrailingZeros().toPlainString();
    }

    private UUID meter(String deviceClass, Commodity commodity, String plan, String serialNo, String credit) {
        UUID meter = devices.device(company.id(), deviceClass, "m-" + Long.toString(System.nanoTime(), 36), null);
        devices.run("UPDATE device SET serial_no = ? WHERE id = ?", serialNo, meter);
        accounts.open(company, meter, commodity, plan, Terms.usual().inQuantity());
        accounts.adjust(company, meter, credit);
        return meter;
    }

    private String order(UUID meter, long fen) {
        return finance()
                .ask(
                        "mutation($d:ID!,$f:Long){t:topUpMeter(deviceId:$d amountFen:$f payerName:\"Wang\"){orderId}}",
                        "d",
                        meter.toString(),
                        "f",
                        fen)
                .getString("t.orderId");
    }

    private void paid(String order) throws Throwable {
        subscribeAndAwait(() -> pay.byWeChat(company.id(), UUID.fromString(order), PrepayMethod.QR, null));
        String number = finance()
                .ask("query($i:ID!){o:paymentOrder(id:$i){attempts{number}}}", "i", order)
                .getString("o.attempts[0].number");
        assertEquals(List.of(204), channel.pay(number));
        assertEquals(List.of(204), channel.tell(number), "told twice, credited once");
        await().until(() -> "CREDITED"
                .equals(finance()
                        .ask("query($i:ID!){o:paymentOrder(id:$i){state}}", "i", order)
                        .getString("o.state")));
    }

    private void close(String order) {
        finance().ask("mutation($i:ID!){closePaymentOrder(orderId:$i){state}}", "i", order);
    }

    private void at(String local) {
        clock.set(instant(local));
        channel.order("clock", Map.of("now", instant(local).toString()));
    }

    private static Instant instant(String local) {
        return LocalDateTime.parse(local, WORDS).atZone(SHANGHAI).toInstant();
    }

    private Graph finance() {
        return Graph.as(company.finance());
    }
}
