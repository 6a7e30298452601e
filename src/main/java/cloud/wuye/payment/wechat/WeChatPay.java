package cloud.wuye.payment.wechat;

import cloud.wuye.payment.ChannelKind;
import cloud.wuye.payment.ChannelNotice;
import cloud.wuye.payment.ChannelOutcome;
import cloud.wuye.payment.ChannelOutcome.Done;
import cloud.wuye.payment.ChannelOutcome.Doubt;
import cloud.wuye.payment.ChannelOutcome.Refused;
import cloud.wuye.payment.ChannelOutcome.Unknown;
import cloud.wuye.payment.ChannelPayment;
import cloud.wuye.payment.ChannelRefund;
import cloud.wuye.payment.FundFlowRow;
import cloud.wuye.payment.PaymentChannel;
import cloud.wuye.payment.PaymentConfig;
import cloud.wuye.payment.Prepaid;
import cloud.wuye.payment.PrepayMethod;
import cloud.wuye.payment.PrepayRequest;
import cloud.wuye.payment.RawNotice;
import cloud.wuye.payment.RefundRequest;
import cloud.wuye.payment.TradeBillRow;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.time.Clock;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/** WeChat Pay as a payment channel: which call says what. */
@ApplicationScoped
class WeChatPay implements PaymentChannel {
    private static final String ORDERS = "/v3/pay/transactions";
    private static final String REFUNDS = "/v3/refund/domestic/refunds";
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final int LONGEST_DESCRIPTION = 127;
    private static final int LONGEST_REASON = 80;
    private static final int RANDOM_ORDER = 20;

    private final WeChatAccounts accounts;
    private final WeChatHttp http;
    private final WeChatBills bills;
    private final WeChatNotices notices;
    private final PaymentConfig config;
    private final Clock clock;

    WeChatPay(
            WeChatAccounts accounts,
            WeChatHttp http,
            WeChatBills bills,
            WeChatNotices notices,
            PaymentConfig config,
            Clock clock) {
        this.accounts = accounts;
        this.http = http;
        this.bills = bills;
        this.notices = notices;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public ChannelKind kind() {
        return ChannelKind.WECHAT_PAY;
    }

    @Override
    public Uni<ChannelOutcome<Prepaid>> prepay(UUID tenantId, PrepayRequest request) {
        return accounts.of(tenantId).flatMap(account -> {
            if (!account.enabled()) {
                return Uni.createFrom().item(new Refused<>("CHANNEL_DISABLED", "switched off here", false));
            }
            boolean inApp = request.method() == PrepayMethod.IN_APP;
            return http.post(account, ORDERS + (inApp ? "/jsapi" : "/native"), order(account, request))
                    .map(outcome -> read(
                            outcome,
                            json -> inApp
                                    ? clientParameters(account, WeChatWords.text(json, "prepay_id"))
                                    : new Prepaid.QrCode(WeChatWords.text(json, "code_url"))));
        });
    }

    @Override
    public Uni<ChannelOutcome<ChannelPayment>> query(UUID tenantId, String outTradeNo) {
        return accounts.of(tenantId).flatMap(account -> http.get(
                        account, ORDERS + "/out-trade-no/" + checked(outTradeNo) + "?mchid=" + account.merchantId())
                .map(outcome -> read(outcome, WeChatWords::payment)));
    }

    @Override
    public Uni<ChannelOutcome<Closed>> close(UUID tenantId, String outTradeNo) {
        return accounts.of(tenantId).flatMap(account -> http.post(
                        account,
                        ORDERS + "/out-trade-no/" + checked(outTradeNo) + "/close",
                        Map.of("mchid", account.merchantId()))
                .map(outcome -> read(outcome, json -> new Closed(outTradeNo))));
    }

    @Override
    public Uni<ChannelOutcome<ChannelRefund>> refund(UUID tenantId, RefundRequest request) {
        return accounts.of(tenantId).flatMap(account -> http.post(account, REFUNDS, refundBody(account, request))
                .map(outcome -> read(outcome, WeChatWords::refund)));
    }

    @Override
    public Uni<ChannelOutcome<ChannelRefund>> queryRefund(UUID tenantId, String outRefundNo) {
        return accounts.of(tenantId).flatMap(account -> http.get(account, REFUNDS + "/" + checked(outRefundNo))
                .map(outcome -> read(outcome, WeChatWords::refund)));
    }

    @Override
    public Uni<ChannelOutcome<Multi<TradeBillRow>>> tradeBill(UUID tenantId, LocalDate day) {
        return bill(tenantId, "/v3/bill/tradebill?bill_date=" + day + "&bill_type=ALL&tar_type=GZIP", bills::trades);
    }

    @Override
    public Uni<ChannelOutcome<Multi<FundFlowRow>>> fundFlowBill(UUID tenantId, LocalDate day) {
        return bill(
                tenantId, "/v3/bill/fundflowbill?bill_date=" + day + "&account_type=BASIC&tar_type=GZIP", bills::flows);
    }

    @Override
    public Uni<ChannelNotice> open(UUID tenantId, RawNotice raw) {
        return accounts.of(tenantId).map(account -> notices.open(account, raw));
    }

    /** Asks for an order that cannot exist. A verified "not there" proves number, key and signatures, both ways. */
    @Override
    public Uni<ChannelOutcome<Reached>> test(UUID tenantId) {
        String nobodys = "test-" + Rsa.nonce().substring(0, RANDOM_ORDER);
        return accounts.of(tenantId)
                .flatMap(account ->
                        http.get(account, ORDERS + "/out-trade-no/" + nobodys + "?mchid=" + account.merchantId()))
                .map(outcome -> outcome instanceof Refused<JsonNode> refused
                                && (refused.code().equals("ORDER_NOT_EXIST")
                                        || refused.code().equals("RESOURCE_NOT_EXISTS"))
                        ? new Done<>(new Reached())
                        : outcome.map(json -> new Reached()));
    }

    private <T> Uni<ChannelOutcome<Multi<T>>> bill(
            UUID tenantId, String uri, BiFunction<JsonNode, byte[], Uni<ChannelOutcome<Multi<T>>>> open) {
        return accounts.of(tenantId).flatMap(account -> http.get(account, uri).flatMap(announced -> {
            ChannelOutcome<String> url = read(announced, json -> WeChatWords.text(json, "download_url"));
            if (!(announced instanceof Done<JsonNode> done) || !(url instanceof Done<String> from)) {
                return Uni.createFrom().item(url.map(nothing -> null));
            }
            return http.download(account, from.value())
                    .flatMap(loaded -> loaded instanceof Done<byte[]> bytes
                            ? open.apply(done.value(), bytes.value())
                            : Uni.createFrom().item(loaded.map(nothing -> null)));
        }));
    }

    private Map<String, Object> order(WeChatAccount account, PrepayRequest request) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("appid", account.appId());
        body.put("mchid", account.merchantId());
        body.put("description", cut(request.description(), LONGEST_DESCRIPTION));
        body.put("out_trade_no", request.outTradeNo());
        body.put(
                "time_expire",
                request.expiresAt()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .atOffset(BEIJING)
                        .format(java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME));
        body.put("notify_url", door(account, "notice"));
        body.put("amount", Map.of("total", request.amountFen(), "currency", "CNY"));
        if (request.payerId() != null) {
            body.put("payer", Map.of("openid", request.payerId()));
        }
        return body;
    }

    private Map<String, Object> refundBody(WeChatAccount account, RefundRequest request) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("out_trade_no", request.outTradeNo());
        body.put("out_refund_no", request.outRefundNo());
        if (request.reason() != null) {
            body.put("reason", cut(request.reason(), LONGEST_REASON));
        }
        body.put("notify_url", door(account, "refund-notice"));
        body.put("amount", Map.of("refund", request.refundFen(), "total", request.totalFen(), "currency", "CNY"));
        return body;
    }

    private Prepaid clientParameters(WeChatAccount account, String prepayId) {
        String timestamp = String.valueOf(clock.now().getEpochSecond());
        String nonce = Rsa.nonce();
        String packageValue = "prepay_id=" + prepayId;
        return new Prepaid.ClientParameters(
                account.appId(),
                timestamp,
                nonce,
                packageValue,
                "RSA",
                Rsa.sign(account.merchantKey(), Rsa.lines(account.appId(), timestamp, nonce, packageValue)));
    }

    private String door(WeChatAccount account, String kind) {
        return config.publicUrl()
                        .orElseThrow(() -> new Problem(ProblemCode.SETTING_MISSING, null, "wuye.payment.public-url"))
                + NoticeDoor.PATH + account.noticeToken() + "/" + kind;
    }

    /** A verified answer that lacks what was agreed is no answer. */
    private static <T> ChannelOutcome<T> read(ChannelOutcome<JsonNode> outcome, Function<JsonNode, T> reading) {
        try {
            return outcome.map(reading);
        } catch (WeChatWords.Nonsense nonsense) {
            return new Unknown<>(Doubt.UNREADABLE, nonsense.getMessage());
        }
    }

    private static String checked(String number) {
        if (!number.matches("[0-9a-zA-Z_-]{1,64}")) {
            throw new IllegalArgumentException("not a number of ours: " + number);
        }
        return number;
    }

    /** At most so many bytes of UTF-8, no character cut in two. */
    static String cut(String text, int bytes) {
        int end = 0;
        int size = 0;
        while (end < text.length()) {
            int letter = text.codePointAt(end);
            size += letter < 0x80 ? 1 : letter < 0x800 ? 2 : letter < 0x10000 ? 3 : 4;
            if (size > bytes) {
                return text.substring(0, end);
            }
            end += Character.charCount(letter);
        }
        return text;
    }
}
