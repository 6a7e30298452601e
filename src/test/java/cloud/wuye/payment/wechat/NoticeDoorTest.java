package cloud.wuye.payment.wechat;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.payment.ChannelKind;
import cloud.wuye.payment.PaymentChannel;
import cloud.wuye.payment.PaymentChannels;
import cloud.wuye.payment.PrepayMethod;
import cloud.wuye.payment.PrepayRequest;
import cloud.wuye.payment.RefundRequest;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.SimulatedPayments;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes in at the door for notices, and what does not. */
@QuarkusTest
class NoticeDoorTest {
    @Inject
    PaymentChannel channel;

    @Inject
    PaymentChannels channels;

    @Inject
    WeChatAccounts accounts;

    @Inject
    WeChatNotices notices;

    @Inject
    Clock clock;

    @Inject
    Db db;

    private TestTenant company;
    private SimulatedPayments merchant;

    @BeforeEach
    void open() throws Throwable {
        company = TestTenants.fresh();
        merchant = SimulatedPayments.fresh();
        merchant.openFor(company.manager());
        order("notice-0001");
    }

    @AfterEach
    void mend() {
        clock.reset();
        merchant.order("notices/release", Map.of());
        merchant.order("faults/forget", Map.of());
    }

    @Test
    void noticeIsWrittenDownForTheCompanyOfThePath() throws Throwable {
        assertEquals(List.of(204), merchant.pay("notice-0001"));
        assertEquals(List.of("PAYMENT notice-0001 PAID 5030"), stored(company));
        assertEquals(List.of(), stored(TestTenants.fresh()));
    }

    @Test
    void hundredAtTheSameMomentAreWrittenDownOnce() throws Throwable {
        assertEquals(Collections.nCopies(100, 204), merchant.pay("notice-0001", "notices", 100));
        assertEquals(List.of(204), merchant.tell("notice-0001"));
        assertEquals(List.of("PAYMENT notice-0001 PAID 5030"), stored(company));
    }

    @ParameterizedTest
    @CsvSource({
        "UNSIGNED, 400",
        "WRONG_SIGNATURE, 401",
        "TAMPERED, 401",
        "STALE, 401",
        "UNKNOWN_SERIAL, 401",
        "SIGNTEST, 401",
        "WRONG_KEY, 400",
        "OTHER_MERCHANT, 400"
    })
    void flawedNoticeIsRefusedAndTheTrueOneStillTaken(String flaw, int status) throws Throwable {
        assertEquals(List.of(status), merchant.pay("notice-0001", "flaw", flaw));
        assertEquals(List.of(), stored(company));
        assertEquals(List.of(204), merchant.tell("notice-0001"));
        assertEquals(1, stored(company).size());
    }

    @Test
    void wrongAmountIsHandedUpToBeComparedWithTheOrder() throws Throwable {
        assertEquals(List.of(204), merchant.pay("notice-0001", "flaw", "WRONG_AMOUNT"));
        assertEquals(List.of("PAYMENT notice-0001 PAID 5031"), stored(company));
    }

    @Test
    void refundIsToldAtItsOwnDoorAndMayBeToldAgainWithAnotherState() throws Throwable {
        merchant.pay("notice-0001", "notices", 0);
        subscribeAndAwait(
                () -> channel.refund(company.id(), new RefundRequest("notice-0001", "notice-r001", null, 30, 5030)));
        assertEquals(List.of(204), merchant.settle("notice-r001", "state", "ABNORMAL"));
        assertEquals(List.of(204), merchant.settle("notice-r001", "state", "SUCCESS"));
        assertEquals(List.of(204), merchant.tell("notice-0001", "outRefundNo", "notice-r001"));
        assertEquals(List.of("REFUND notice-r001 ABNORMAL 30", "REFUND notice-r001 SUCCESS 30"), stored(company));
    }

    @Test
    void noticesHeldBackAndInWrongOrderAreAllTaken() throws Throwable {
        merchant.order("notices/hold", Map.of());
        merchant.pay("notice-0001");
        subscribeAndAwait(
                () -> channel.refund(company.id(), new RefundRequest("notice-0001", "notice-r002", null, 30, 5030)));
        merchant.settle("notice-r002");
        assertEquals(
                "[204,204]",
                merchant.order("notices/release", Map.of("reversed", true))
                        .path("notices")
                        .toString());
        assertEquals(List.of("REFUND notice-r002 SUCCESS 30", "PAYMENT notice-0001 PAID 5030"), stored(company));
    }

    @Test
    void paymentOfAClosedOrderIsTakenLikeAnyOther() throws Throwable {
        subscribeAndAwait(() -> channel.close(company.id(), "notice-0001"));
        assertEquals(List.of(204), merchant.pay("notice-0001", "late", true));
        assertEquals(List.of("PAYMENT notice-0001 PAID 5030"), stored(company));
    }

    @Test
    void noticeMayComeBeforeTheAnswerToTheOrder() throws Throwable {
        merchant.fault("SLOW", "/jsapi", "delayMillis", 4000);
        CompletableFuture<Void> ordering = CompletableFuture.runAsync(() -> {
            try {
                order("notice-0002");
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        });
        org.awaitility.Awaitility.await()
                .until(() -> merchant.order("orders", Map.of()).toString().contains("notice-0002"));
        assertEquals(List.of(204), merchant.pay("notice-0002"));
        assertEquals(false, ordering.isDone());
        ordering.join();
        assertEquals(List.of("PAYMENT notice-0002 PAID 5030"), stored(company));
    }

    @Test
    void anothersTokenLeadsToAnothersKeys() throws Throwable {
        TestTenant neighbour = TestTenants.fresh();
        SimulatedPayments.fresh().openFor(neighbour.manager());
        Captured notice = capture();
        // The same channel signs for both, so only the encryption and the merchant's number tell them apart.
        notice.at(door(neighbour)).statusCode(400).body("code", equalTo("FAIL"));
        assertEquals(List.of(), stored(neighbour));
        notice.at(door(company)).statusCode(204);
    }

    @Test
    void doorsOfNobodyAreNotThere() throws Throwable {
        Captured notice = capture();
        for (String token : List.of("x", "A".repeat(43), "'; drop table payment_notice; --", "A".repeat(1000))) {
            notice.at("/pay/wechat/" + java.net.URLEncoder.encode(token, UTF_8) + "/notice")
                    .statusCode(404);
        }
        given().get(door(company)).then().statusCode(404);
    }

    @Test
    void refundDoorTakesNoPayments() throws Throwable {
        capture().at(door(company).replace("/notice", "/refund-notice")).statusCode(400);
        assertEquals(List.of(), stored(company));
    }

    @Test
    void replayIsAnsweredAndNothingElse() throws Throwable {
        Captured notice = capture();
        notice.at(door(company)).statusCode(204);
        notice.at(door(company)).statusCode(204);
        assertEquals(1, stored(company).size());
        notice.with("Wechatpay-Nonce", "another").at(door(company)).statusCode(401);
        clock.set(Instant.now().plus(Duration.ofMinutes(6)));
        notice.at(door(company)).statusCode(401);
    }

    @Test
    void tooLargeIsNotRead() throws Throwable {
        given().body("x".repeat(70_000))
                .post(door(company))
                .then()
                .statusCode(413)
                .body("code", equalTo("FAIL"));
    }

    @Test
    void nonsenseIsRefusedWithoutAWordOfWhy() throws Throwable {
        for (String body : List.of("", "{", "[]", "null", "{\"resource\":null}", "\u0000")) {
            given().header("Wechatpay-Timestamp", "99999999999999999999")
                    .body(body)
                    .post(door(company))
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("FAIL"))
                    .body(not(containsString("Exception")));
        }
    }

    @Test
    void noByteOfANoticeMayDiffer() throws Throwable {
        Captured notice = capture();
        WeChatAccount account = subscribeAndAwait(() -> accounts.of(company.id()));
        assertEquals("notice-0001", notices.open(account, notice.raw()).outTradeNo());
        Random random = new Random(20261126);
        for (int i = 0; i < 2000; i++) {
            cloud.wuye.payment.RawNotice changed = notice.tampered(random);
            try {
                notices.open(account, changed);
                throw new AssertionError("taken: " + changed.headers() + new String(changed.body(), UTF_8));
            } catch (cloud.wuye.payment.NoticeRefused refused) {
                assertTrue(refused.reason().status() >= 400);
            }
        }
    }

    private void order(String number) throws Throwable {
        subscribeAndAwait(() -> channel.prepay(
                company.id(),
                new PrepayRequest(
                        PrepayMethod.IN_APP, number, "电费充值", 5030, Instant.parse("2027-11-30T00:00:00Z"), "oZhang")));
    }

    private String door(TestTenant whose) throws Throwable {
        return subscribeAndAwait(() -> channels.of(whose.id(), ChannelKind.WECHAT_PAY)
                .map(settings -> "/pay/wechat/" + settings.noticeToken() + "/notice"));
    }

    private List<String> stored(TestTenant whose) throws Throwable {
        return subscribeAndAwait(() -> db.forTenantSql(whose.id(), connection -> connection
                .query("select kind, coalesce(out_refund_no, out_trade_no), state, amount_fen from payment_notice"
                        + " order by received_at, state")
                .execute()
                .map(rows -> {
                    List<String> all = new ArrayList<>();
                    rows.forEach(row -> all.add(
                            row.getString(0) + " " + row.getString(1) + " " + row.getString(2) + " " + row.getLong(3)));
                    return all;
                })));
    }

    /** A genuine notice that did not arrive, to be played with. */
    private Captured capture() throws Throwable {
        BlockingQueue<Captured> heard = new LinkedBlockingQueue<>();
        HttpServer ear = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ear.createContext("/", exchange -> {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (name.startsWith("Wechatpay-")) {
                    headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0));
                }
            });
            heard.add(new Captured(headers, exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        ear.start();
        try {
            assertEquals(
                    List.of(204),
                    merchant.pay(
                            "notice-0001",
                            "notifyUrl",
                            "http://127.0.0.1:" + ear.getAddress().getPort() + "/"));
            Captured notice = heard.poll(5, TimeUnit.SECONDS);
            if (notice == null) {
                throw new IOException("no notice");
            }
            return notice;
        } finally {
            ear.stop(0);
        }
    }

    private record Captured(Map<String, String> headers, byte[] body) {
        ValidatableResponse at(String door) {
            RequestSpecification request = given().contentType("application/json");
            headers.forEach(request::header);
            return request.urlEncodingEnabled(false).body(body).post(door).then();
        }

        Captured with(String name, String value) {
            Map<String, String> changed = new HashMap<>(headers);
            changed.put(name.toLowerCase(java.util.Locale.ROOT), value);
            return new Captured(changed, body);
        }

        cloud.wuye.payment.RawNotice raw() {
            return new cloud.wuye.payment.RawNotice(headers, body);
        }

        /** One byte of the body or one character of a header that is signed is another than before. */
        cloud.wuye.payment.RawNotice tampered(Random random) {
            List<String> names = List.of(
                    "wechatpay-timestamp", "wechatpay-nonce", "wechatpay-signature", "wechatpay-serial", "body");
            String part = names.get(random.nextInt(names.size()));
            if (part.equals("body")) {
                byte[] changed = body.clone();
                changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
                return new cloud.wuye.payment.RawNotice(headers, changed);
            }
            String value = headers.get(part);
            int at = random.nextInt(value.length());
            char other = (char) (' ' + random.nextInt(95));
            other = other == value.charAt(at) ? (char) (other ^ 1) : other;
            return with(part, value.substring(0, at) + other + value.substring(at + 1))
                    .raw();
        }
    }
}
