package cloud.wuye.payment.wechat;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.payment.ChannelOutcome;
import cloud.wuye.payment.ChannelOutcome.Done;
import cloud.wuye.payment.ChannelOutcome.Doubt;
import cloud.wuye.payment.ChannelOutcome.Refused;
import cloud.wuye.payment.ChannelOutcome.Unknown;
import cloud.wuye.payment.ChannelPayment;
import cloud.wuye.payment.ChannelRefund;
import cloud.wuye.payment.ChannelSettingsChanged;
import cloud.wuye.payment.FundFlowRow;
import cloud.wuye.payment.PaymentChannel;
import cloud.wuye.payment.PaymentChannels;
import cloud.wuye.payment.PaymentConfig;
import cloud.wuye.payment.PaymentState;
import cloud.wuye.payment.Prepaid;
import cloud.wuye.payment.PrepayMethod;
import cloud.wuye.payment.PrepayRequest;
import cloud.wuye.payment.RefundRequest;
import cloud.wuye.payment.RefundState;
import cloud.wuye.payment.TradeBillRow;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.secret.TestKeys;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.SimulatedPayments;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against the payment simulator, with everything that may go wrong on the way. */
@QuarkusTest
class WeChatPayTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 25);

    @Inject
    PaymentChannel channel;

    @Inject
    WeChatAccounts accounts;

    @Inject
    WeChatHttp http;

    @Inject
    PaymentChannels channels;

    @Inject
    PaymentConfig config;

    @Inject
    Event<ChannelSettingsChanged> changed;

    @Inject
    Audit audit;

    @Inject
    Db db;

    @Inject
    Clock clock;

    private TestTenant company;
    private SimulatedPayments merchant;

    @BeforeEach
    void open() {
        company = TestTenants.fresh();
        merchant = SimulatedPayments.fresh();
        merchant.openFor(company.manager());
    }

    @AfterEach
    void mend() {
        clock.reset();
        merchant.order("clock", Map.of());
        merchant.order("faults/forget", Map.of());
    }

    @Test
    void orderIsPaidAskedForAndRefunded() {
        Prepaid.ClientParameters parameters =
                assertInstanceOf(Prepaid.ClientParameters.class, done(prepay("order-0001", 5030)));
        assertTrue(parameters.packageValue().startsWith("prepay_id=wx"), parameters.packageValue());
        String signed = parameters.appId() + "\n" + parameters.timeStamp() + "\n" + parameters.nonceStr() + "\n"
                + parameters.packageValue();
        assertTrue(Rsa.verifies(merchantsKey(), "", signed.getBytes(UTF_8), parameters.paySign()));
        assertEquals(PaymentState.UNPAID, done(query("order-0001")).state());

        merchant.pay("order-0001", "notices", 0, "openid", "oWu");
        ChannelPayment paid = done(query("order-0001"));
        assertEquals(PaymentState.PAID, paid.state());
        assertEquals(5030, paid.amountFen());
        assertEquals(5030, paid.payerAmountFen());
        assertEquals("CNY", paid.currency());
        assertEquals(merchant.mchid(), paid.merchantId());
        assertEquals("wx" + merchant.mchid(), paid.appId());
        assertEquals("oWu", paid.payerId());
        assertNotNull(paid.successTime());
        assertEquals("ORDERPAID", refused(close("order-0001")).code());

        ChannelRefund accepted = done(refund("order-0001", "refund-0001", 1000, 5030));
        assertEquals(RefundState.PROCESSING, accepted.state());
        assertEquals(
                accepted.refundId(),
                done(refund("order-0001", "refund-0001", 1000, 5030)).refundId());
        assertEquals(
                "INVALID_REQUEST",
                refused(refund("order-0001", "refund-0001", 2000, 5030)).code());
        assertEquals(
                "INVALID_REQUEST",
                refused(refund("order-0001", "refund-0002", 4031, 5030)).code());
        merchant.settle("refund-0001", "notices", 0);
        ChannelRefund settled = done(ask(channel.queryRefund(company.id(), "refund-0001")));
        assertEquals(RefundState.SUCCESS, settled.state());
        assertEquals(1000, settled.refundFen());
        assertNotNull(settled.successTime());
        assertEquals(PaymentState.REFUNDED, done(query("order-0001")).state());
    }

    @Test
    void certificatesAreTrustedBySerialNumber() {
        merchant = SimulatedPayments.preferringCertificates();
        TestTenant other = TestTenants.fresh();
        merchant.openFor(other.manager());
        company = other;
        assertInstanceOf(Prepaid.class, done(prepay("order-0002", 1)));
    }

    @Test
    void twoKeysAreValidWhileTheChannelChangesThem() {
        String newKey =
                merchant.order("keys/rotate", Map.of()).path("publicKeyId").asText();
        // The old one is asked for by name and goes on.
        assertInstanceOf(Prepaid.class, done(prepay("order-0003", 1)));
        Map<String, Object> input = merchant.input();
        String newPem = merchant.order("keys", Map.of()).path("platform").findValuesAsText("publicKey").stream()
                .reduce((first, last) -> last)
                .orElseThrow();
        input.put(
                "channelKeys",
                List.of(
                        Map.of(
                                "name",
                                merchant.text("/platform/publicKeyId"),
                                "pem",
                                merchant.text("/platform/publicKey")),
                        Map.of("name", newKey, "pem", newPem)));
        Graph.as(company.manager())
                .ask("mutation($i:ConfigureWeChatPayInput!){configureWeChatPay(input:$i){kind}}", "i", input);
        assertInstanceOf(Prepaid.class, done(prepay("order-0003", 1)));
        // Notices are signed with the new one by now.
        assertEquals(List.of(204), merchant.pay("order-0003"));
    }

    @Test
    void codeToScanIsMadeToo() {
        Prepaid prepaid = done(ask(channel.prepay(
                company.id(), new PrepayRequest(PrepayMethod.QR, "order-0004", "停车费", 100, soon(), null))));
        assertTrue(assertInstanceOf(Prepaid.QrCode.class, prepaid).text().startsWith("weixin://"));
    }

    @Test
    void closedOrderTakesNoMoreMoneyAndIsSaidToBeClosed() {
        assertInstanceOf(Prepaid.class, done(prepay("order-0005", 1)));
        assertEquals("order-0005", done(close("order-0005")).outTradeNo());
        assertEquals("order-0005", done(close("order-0005")).outTradeNo());
        assertEquals(PaymentState.CLOSED, done(query("order-0005")).state());
        assertEquals("ORDER_CLOSED", refused(prepay("order-0005", 1)).code());
    }

    @Test
    void unknownThingsAreRefusedByName() {
        assertEquals("ORDER_NOT_EXIST", refused(query("order-nobody")).code());
        assertEquals("ORDER_NOT_EXIST", refused(close("order-nobody")).code());
        assertEquals(
                "RESOURCE_NOT_EXISTS",
                refused(refund("order-nobody", "r1", 1, 1)).code());
        assertEquals(
                "RESOURCE_NOT_EXISTS",
                refused(ask(channel.queryRefund(company.id(), "r1"))).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNSIGNED", "WRONG_SIGNATURE", "TAMPERED", "STALE", "UNKNOWN_SERIAL", "SIGNTEST"})
    void answerThatDoesNotVerifyIsUnknown(String flaw) {
        merchant.fault("FLAWED_ANSWER", "/jsapi", "flaw", flaw);
        assertEquals(Doubt.UNVERIFIED, unknown(prepay("order-0006", 1)).doubt());
        assertInstanceOf(Prepaid.class, done(prepay("order-0006", 1)));
    }

    @ParameterizedTest
    @CsvSource({
        "CUT, BROKEN",
        "DONE_BUT_CUT, BROKEN",
        "ERROR_500, SERVER_ERROR",
        "DONE_BUT_500, SERVER_ERROR",
        "SLOW, TIMEOUT"
    })
    void brokenCallIsUnknownAndSafeToRepeat(String fault, Doubt doubt) {
        assertInstanceOf(Prepaid.class, done(prepay("order-0007", 500)));
        merchant.pay("order-0007", "notices", 0);
        merchant.fault(fault, "/refunds", "delayMillis", 8000);
        assertEquals(
                doubt, unknown(refund("order-0007", "refund-0007", 500, 500)).doubt());
        ChannelRefund again = done(refund("order-0007", "refund-0007", 500, 500));
        assertEquals(500, again.refundFen());
        assertEquals(
                again.refundId(),
                done(ask(channel.queryRefund(company.id(), "refund-0007"))).refundId());
    }

    @Test
    void tooManyCallsMayBeRepeatedLater() {
        merchant.fault("RATE_LIMITED", "/out-trade-no/");
        Refused<?> refused = refused(query("order-0008"));
        assertTrue(refused.later());
        assertEquals("FREQUENCY_LIMITED", refused.code());
    }

    @Test
    void disabledChannelTakesNoOrdersButAnswersForOldOnes() {
        assertInstanceOf(Prepaid.class, done(prepay("order-0009", 1)));
        Graph.as(company.manager()).ask("mutation{disablePaymentChannel(kind:WECHAT_PAY reason:\"年检\"){enabled}}");
        assertEquals("CHANNEL_DISABLED", refused(prepay("order-0010", 1)).code());
        assertEquals(PaymentState.UNPAID, done(query("order-0009")).state());
        assertEquals(List.of(204), merchant.pay("order-0009"));
    }

    @Test
    void billsComeFromNoOtherHost() {
        WeChatAccount account = ask(accounts.of(company.id()));
        for (String url : List.of("http://127.0.0.1:1/v3/bill", "https://example.com/v3/bill", "file:///etc/passwd")) {
            assertEquals(
                    Doubt.UNREADABLE, unknown(ask(http.download(account, url))).doubt());
        }
    }

    @Test
    void nothingSecretIsInAnAccountsText() {
        String text = ask(accounts.of(company.id())).toString();
        assertTrue(text.contains(merchant.mchid()), text);
        assertTrue(!text.contains(merchant.text("/apiV3Key")) && !text.contains("RSA"), text);
    }

    @Test
    void withoutAKeyForSecretsAChannelCannotBeConfigured() {
        ConfigureWeChatPay keyless =
                new ConfigureWeChatPay(db, channels, config, TestKeys.box("gone"), audit, clock, changed);
        Problem problem = assertThrows(
                Problem.class,
                () -> ask(keyless.configure(
                        Caller.system(company.id()),
                        new ConfigureWeChatPayInput("wx1", "1900000001", "ABCDEF12", null, null, List.of()))));
        assertEquals(ProblemCode.SETTING_MISSING, problem.code());
        assertTrue(problem.getMessage().contains("wuye.secrets.keys.gone"), problem.getMessage());
    }

    @Test
    void companyWithoutSettingsIsToldSo() {
        TestTenant none = TestTenants.fresh();
        Problem problem =
                assertThrows(Problem.class, () -> subscribeAndAwait(() -> channel.query(none.id(), "order-0011")));
        assertEquals(ProblemCode.PAYMENT_CHANNEL_NOT_CONFIGURED, problem.code());
    }

    @Test
    void billsAreThereFromTenOnTheNextDayAndHaveEveryKindOfLine() {
        at("2026-11-25T04:00:00Z");
        done(prepay("billed-0001", 5030));
        merchant.pay("billed-0001", "notices", 0);
        done(prepay("billed-0002", 1));
        merchant.pay("billed-0002", "notices", 0);
        done(refund("billed-0001", "billed-r1", 5030, 5030));
        at("2026-11-26T01:59:00Z");
        Refused<?> early = refused(ask(channel.tradeBill(company.id(), DAY)));
        assertEquals("STATEMENT_CREATING", early.code());
        assertTrue(early.later());
        at("2026-11-26T02:00:00Z");

        List<TradeBillRow> rows = rows(ask(channel.tradeBill(company.id(), DAY)));
        assertEquals(3, rows.size());
        TradeBillRow first = rows.get(0);
        assertEquals("billed-0001", first.outTradeNo());
        assertEquals(5030, first.amountFen());
        assertEquals(0, first.fee().compareTo(new BigDecimal("0.30")));
        assertEquals("0.60%", first.feeRate());
        assertEquals("SUCCESS", first.state());
        assertEquals(
                Instant.parse("2026-11-25T04:00:00Z"), first.at().truncatedTo(java.time.temporal.ChronoUnit.MINUTES));
        assertEquals(0, rows.get(1).fee().signum());
        TradeBillRow refund = rows.get(2);
        assertTrue(refund.isRefund());
        assertEquals("billed-r1", refund.outRefundNo());
        assertEquals(5030, refund.refundFen());
        assertEquals(0, refund.amountFen());
        assertEquals(0, refund.fee().compareTo(new BigDecimal("-0.30")));

        List<FundFlowRow> flows = rows(ask(channel.fundFlowBill(company.id(), DAY)));
        assertEquals(
                List.of(5030L, -30L, 1L, -5030L, 30L),
                flows.stream().map(FundFlowRow::amountFen).toList());
        assertEquals(1, flows.get(4).balanceFen());
        assertEquals(
                "NO_STATEMENT_EXIST",
                refused(ask(channel.tradeBill(company.id(), DAY.minusDays(1)))).code());
    }

    @Test
    void billsDifferAsOrdered() {
        at("2026-11-25T04:00:00Z");
        for (String number : List.of("differ-gone", "differ-amount", "differ-state", "differ-fee")) {
            done(prepay(number, 10000));
            merchant.pay(number, "notices", 0);
        }
        merchant.order("bills/differ", Map.of("kind", "MISSING_THERE", "outTradeNo", "differ-gone"));
        merchant.order("bills/differ", Map.of("kind", "MISSING_HERE", "outTradeNo", "differ-new"));
        merchant.order("bills/differ", Map.of("kind", "AMOUNT", "outTradeNo", "differ-amount"));
        merchant.order("bills/differ", Map.of("kind", "STATE", "outTradeNo", "differ-state"));
        merchant.order("bills/differ", Map.of("kind", "FEE", "outTradeNo", "differ-fee"));
        at("2026-11-26T02:00:00Z");
        List<String> lines = rows(ask(channel.tradeBill(company.id(), DAY))).stream()
                .map(row -> row.outTradeNo() + " " + row.state() + " " + row.amountFen() + " "
                        + row.fee().stripTrailingZeros().toPlainString())
                .sorted()
                .toList();
        assertEquals(
                List.of(
                        "differ-amount SUCCESS 10001 0.6",
                        "differ-fee SUCCESS 10000 0.61",
                        "differ-new SUCCESS 100 0.01",
                        "differ-state REVOKED 10000 0.6"),
                lines);
    }

    private void at(String instant) {
        clock.set(Instant.parse(instant));
        merchant.order("clock", Map.of("now", instant));
    }

    private Instant soon() {
        return clock.now().plus(Duration.ofHours(2));
    }

    private ChannelOutcome<Prepaid> prepay(String number, long fen) {
        // The same moment each time: a repetition must say the same.
        Instant expiry = Instant.parse("2027-11-30T00:00:00Z");
        return ask(channel.prepay(
                company.id(), new PrepayRequest(PrepayMethod.IN_APP, number, "电费充值，海棠花园", fen, expiry, "oZhang")));
    }

    private ChannelOutcome<ChannelPayment> query(String number) {
        return ask(channel.query(company.id(), number));
    }

    private ChannelOutcome<PaymentChannel.Closed> close(String number) {
        return ask(channel.close(company.id(), number));
    }

    private ChannelOutcome<ChannelRefund> refund(String number, String refund, long fen, long total) {
        return ask(channel.refund(company.id(), new RefundRequest(number, refund, "用户退款", fen, total)));
    }

    private static <T> T ask(Uni<T> question) {
        try {
            return subscribeAndAwait(() -> question);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static <T> List<T> rows(ChannelOutcome<Multi<T>> bill) {
        return ask(done(bill).collect().asList());
    }

    private static <T> T done(ChannelOutcome<T> outcome) {
        assertInstanceOf(Done.class, outcome, outcome.toString());
        return ((Done<T>) outcome).value();
    }

    private static <T> Refused<T> refused(ChannelOutcome<T> outcome) {
        assertInstanceOf(Refused.class, outcome, outcome.toString());
        return (Refused<T>) outcome;
    }

    private static <T> Unknown<T> unknown(ChannelOutcome<T> outcome) {
        assertInstanceOf(Unknown.class, outcome, outcome.toString());
        return (Unknown<T>) outcome;
    }

    private PublicKey merchantsKey() {
        try {
            String pem = merchant.text("/merchantPublicKey").replaceAll("-----[A-Z ]+-----", "");
            return KeyFactory.getInstance("RSA")
                    .generatePublic(
                            new X509EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
