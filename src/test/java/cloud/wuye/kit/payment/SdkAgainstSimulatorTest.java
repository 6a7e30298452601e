package cloud.wuye.kit.payment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.testing.SimulatedPayments;
import com.sun.net.httpserver.HttpServer;
import com.wechat.pay.java.core.Config;
import com.wechat.pay.java.core.RSAAutoCertificateConfig;
import com.wechat.pay.java.core.RSAPublicKeyConfig;
import com.wechat.pay.java.core.exception.ServiceException;
import com.wechat.pay.java.core.exception.ValidationException;
import com.wechat.pay.java.core.http.DefaultHttpClientBuilder;
import com.wechat.pay.java.core.http.HttpClient;
import com.wechat.pay.java.core.notification.NotificationParser;
import com.wechat.pay.java.core.notification.RSAPublicKeyNotificationConfig;
import com.wechat.pay.java.core.notification.RequestParam;
import com.wechat.pay.java.service.billdownload.BillDownloadServiceExtension;
import com.wechat.pay.java.service.billdownload.DigestBillEntity;
import com.wechat.pay.java.service.billdownload.model.GetTradeBillRequest;
import com.wechat.pay.java.service.billdownload.model.TarType;
import com.wechat.pay.java.service.payments.jsapi.JsapiServiceExtension;
import com.wechat.pay.java.service.payments.jsapi.model.Amount;
import com.wechat.pay.java.service.payments.jsapi.model.CloseOrderRequest;
import com.wechat.pay.java.service.payments.jsapi.model.Payer;
import com.wechat.pay.java.service.payments.jsapi.model.PrepayRequest;
import com.wechat.pay.java.service.payments.jsapi.model.QueryOrderByOutTradeNoRequest;
import com.wechat.pay.java.service.payments.model.Transaction;
import com.wechat.pay.java.service.refund.RefundService;
import com.wechat.pay.java.service.refund.model.AmountReq;
import com.wechat.pay.java.service.refund.model.CreateRequest;
import com.wechat.pay.java.service.refund.model.QueryByOutRefundNoRequest;
import com.wechat.pay.java.service.refund.model.Refund;
import com.wechat.pay.java.service.refund.model.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** WeChat Pay's published SDK as the client: what it takes for WeChat Pay speaks the protocol. */
class SdkAgainstSimulatorTest {
    private static final BlockingQueue<Heard> NOTICES = new LinkedBlockingQueue<>();

    private static PaymentSimulator simulator;
    private static SimulatedPayments merchant;
    private static HttpServer shop;

    private record Heard(Map<String, String> headers, String body) {}

    @BeforeAll
    static void start() throws IOException {
        simulator = PaymentSimulator.start(0, null, List.of(), null);
        merchant = SimulatedPayments.at(simulator.url());
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/notice", exchange -> {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            NOTICES.add(
                    new Heard(headers, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        shop.start();
    }

    @AfterAll
    static void stop() {
        shop.stop(0);
        simulator.close();
    }

    @Test
    void ordersPaysRefundsAndClosesUnderThePublicKey() throws InterruptedException {
        tale(publicKeyConfig(), "sdkpublic1");
    }

    @Test
    void ordersPaysRefundsAndClosesUnderDownloadedCertificates() throws InterruptedException {
        tale(
                new RSAAutoCertificateConfig.Builder()
                        .merchantId(merchant.mchid())
                        .merchantSerialNumber(merchant.text("/serial"))
                        .privateKey(merchant.text("/privateKey"))
                        .apiV3Key(merchant.text("/apiV3Key"))
                        .httpClientBuilder(new DefaultHttpClientBuilder().okHttpClient(redirected()))
                        .build(),
                "sdkcertif1");
    }

    private void tale(Config config, String number) throws InterruptedException {
        NOTICES.clear();
        JsapiServiceExtension payments = new JsapiServiceExtension.Builder()
                .config(config)
                .httpClient(http(config))
                .build();
        String packageValue = payments.prepayWithRequestPayment(order(number)).getPackageVal();
        assertTrue(packageValue.startsWith("prepay_id=wx"), packageValue);
        assertEquals(
                Transaction.TradeStateEnum.NOTPAY,
                payments.queryOrderByOutTradeNo(query(number)).getTradeState());

        merchant.pay(number);
        Transaction paid = payments.queryOrderByOutTradeNo(query(number));
        assertEquals(Transaction.TradeStateEnum.SUCCESS, paid.getTradeState());
        assertEquals(5030, paid.getAmount().getTotal());
        Transaction told = parse(NOTICES.poll(5, TimeUnit.SECONDS), Transaction.class);
        assertEquals(paid.getTransactionId(), told.getTransactionId());
        CloseOrderRequest close = new CloseOrderRequest();
        close.setMchid(merchant.mchid());
        close.setOutTradeNo(number);
        assertEquals(
                "ORDERPAID",
                assertThrows(ServiceException.class, () -> payments.closeOrder(close))
                        .getErrorCode());
        refund(config, number);
    }

    private void refund(Config config, String number) {
        RefundService refunds = new RefundService.Builder()
                .config(config)
                .httpClient(http(config))
                .build();
        CreateRequest request = new CreateRequest();
        request.setOutTradeNo(number);
        request.setOutRefundNo(number + "r");
        AmountReq amount = new AmountReq();
        amount.setRefund(1000L);
        amount.setTotal(5030L);
        amount.setCurrency("CNY");
        request.setAmount(amount);
        Refund accepted = refunds.create(request);
        assertEquals(Status.PROCESSING, accepted.getStatus());
        assertEquals(accepted.getRefundId(), refunds.create(request).getRefundId());
        merchant.settle(number + "r");
        QueryByOutRefundNoRequest query = new QueryByOutRefundNoRequest();
        query.setOutRefundNo(number + "r");
        assertEquals(Status.SUCCESS, refunds.queryByOutRefundNo(query).getStatus());
    }

    @Test
    void closedOrderIsClosed() {
        JsapiServiceExtension payments = payments();
        payments.prepayWithRequestPayment(order("sdkclosed1"));
        CloseOrderRequest close = new CloseOrderRequest();
        close.setMchid(merchant.mchid());
        close.setOutTradeNo("sdkclosed1");
        payments.closeOrder(close);
        assertEquals(
                Transaction.TradeStateEnum.CLOSED,
                payments.queryOrderByOutTradeNo(query("sdkclosed1")).getTradeState());
    }

    @Test
    void billIsDownloadedAndHasItsDigest() throws IOException {
        JsapiServiceExtension payments = payments();
        payments.prepayWithRequestPayment(order("sdkbilled1"));
        merchant.pay("sdkbilled1", "notices", 0);
        merchant.order("bills/at-once", Map.of());
        BillDownloadServiceExtension bills = new BillDownloadServiceExtension.Builder()
                .config(publicKeyConfig())
                .httpClient(http(publicKeyConfig()))
                .build();
        GetTradeBillRequest request = new GetTradeBillRequest();
        // The day on which it was paid, which may just have ended.
        request.setBillDate(payments.queryOrderByOutTradeNo(query("sdkbilled1"))
                .getSuccessTime()
                .substring(0, 10));
        request.setTarType(TarType.GZIP);
        DigestBillEntity bill = bills.getTradeBill(request);
        String text = new String(bill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(text.contains(",`sdkbilled1,`"), text);
        assertTrue(bill.verifyHash());
    }

    @Test
    void flawedAnswerIsRefusedByTheSdkToo() {
        JsapiServiceExtension payments = payments();
        for (String flaw : List.of("WRONG_SIGNATURE", "TAMPERED", "UNKNOWN_SERIAL", "SIGNTEST")) {
            merchant.fault("FLAWED_ANSWER", "/jsapi", "flaw", flaw);
            assertThrows(
                    ValidationException.class,
                    () -> payments.prepayWithRequestPayment(order("sdkflaw" + flaw.toLowerCase(java.util.Locale.ROOT))),
                    flaw);
        }
    }

    @Test
    void staleAnswerIsRefusedByTheSdkToo() {
        merchant.fault("FLAWED_ANSWER", "/jsapi", "flaw", "STALE");
        JsapiServiceExtension payments = payments();
        assertThrows(IllegalArgumentException.class, () -> payments.prepayWithRequestPayment(order("sdkflawstale")));
    }

    @Test
    void strangersKeyIsRefused() {
        Config stranger = new RSAPublicKeyConfig.Builder()
                .merchantId(merchant.mchid())
                .merchantSerialNumber(merchant.text("/serial"))
                .privateKey(Keys.pem(Keys.pair().getPrivate()))
                .publicKey(merchant.text("/platform/publicKey"))
                .publicKeyId(merchant.text("/platform/publicKeyId"))
                .apiV3Key(merchant.text("/apiV3Key"))
                .build();
        JsapiServiceExtension payments = new JsapiServiceExtension.Builder()
                .config(stranger)
                .httpClient(http(stranger))
                .build();
        assertEquals(
                401,
                assertThrows(ServiceException.class, () -> payments.prepayWithRequestPayment(order("sdkstranger")))
                        .getHttpStatusCode());
    }

    private static JsapiServiceExtension payments() {
        return new JsapiServiceExtension.Builder()
                .config(publicKeyConfig())
                .httpClient(http(publicKeyConfig()))
                .build();
    }

    private static <T> T parse(Heard notice, Class<T> type) {
        return new NotificationParser(new RSAPublicKeyNotificationConfig.Builder()
                        .publicKey(merchant.text("/platform/publicKey"))
                        .publicKeyId(merchant.text("/platform/publicKeyId"))
                        .apiV3Key(merchant.text("/apiV3Key"))
                        .build())
                .parse(
                        new RequestParam.Builder()
                                .serialNumber(notice.headers.get("Wechatpay-serial"))
                                .timestamp(notice.headers.get("Wechatpay-timestamp"))
                                .nonce(notice.headers.get("Wechatpay-nonce"))
                                .signature(notice.headers.get("Wechatpay-signature"))
                                .body(notice.body)
                                .build(),
                        type);
    }

    private static Config publicKeyConfig() {
        return new RSAPublicKeyConfig.Builder()
                .merchantId(merchant.mchid())
                .merchantSerialNumber(merchant.text("/serial"))
                .privateKey(merchant.text("/privateKey"))
                .publicKey(merchant.text("/platform/publicKey"))
                .publicKeyId(merchant.text("/platform/publicKeyId"))
                .apiV3Key(merchant.text("/apiV3Key"))
                .build();
    }

    private static HttpClient http(Config config) {
        return new DefaultHttpClientBuilder()
                .config(config)
                .okHttpClient(redirected())
                .build();
    }

    /** The SDK knows its host by heart; the line leads elsewhere. */
    private static OkHttpClient redirected() {
        HttpUrl to = HttpUrl.get(simulator.url());
        return new OkHttpClient.Builder()
                .addInterceptor(chain -> chain.proceed(chain.request()
                        .newBuilder()
                        .url(chain.request()
                                .url()
                                .newBuilder()
                                .scheme("http")
                                .host(to.host())
                                .port(to.port())
                                .build())
                        .build()))
                .build();
    }

    private static PrepayRequest order(String number) {
        PrepayRequest request = new PrepayRequest();
        Amount amount = new Amount();
        amount.setTotal(5030);
        amount.setCurrency("CNY");
        Payer payer = new Payer();
        payer.setOpenid("oSdkPayer");
        request.setAppid(merchant.text("/appid"));
        request.setMchid(merchant.mchid());
        request.setDescription("电费充值");
        request.setOutTradeNo(number);
        request.setNotifyUrl("http://127.0.0.1:" + shop.getAddress().getPort() + "/notice");
        request.setAmount(amount);
        request.setPayer(payer);
        return request;
    }

    private static QueryOrderByOutTradeNoRequest query(String number) {
        QueryOrderByOutTradeNoRequest request = new QueryOrderByOutTradeNoRequest();
        request.setMchid(merchant.mchid());
        request.setOutTradeNo(number);
        return request;
    }
}
