package cloud.wuye.kit.payment;

import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The orders and refunds, and WeChat Pay's rules about them. In memory only. */
final class Book {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");

    private final SimulatorClock clock;
    private final Map<String, Order> orders = new LinkedHashMap<>();
    private final Map<String, Refund> refunds = new LinkedHashMap<>();

    Book(SimulatorClock clock) {
        this.clock = clock;
    }

    static String time(OffsetDateTime at) {
        return TIME.format(at);
    }

    synchronized Reply create(Merchant merchant, JsonObject request, String tradeType) {
        Optional<String> wrong = wrong(merchant, request, tradeType);
        if (wrong.isPresent()) {
            return Reply.no(400, "PARAM_ERROR", wrong.get());
        }
        String key = key(merchant, request.getString("out_trade_no"));
        Order order = orders.get(key);
        if (order != null) {
            if (order.paid()) {
                return Reply.no(400, "ORDERPAID", "该订单已支付");
            }
            if (order.state.equals("CLOSED")) {
                return Reply.no(400, "ORDER_CLOSED", "该订单已关闭");
            }
            if (!order.request.equals(request)) {
                return Reply.no(400, "INVALID_REQUEST", "请求重入时，参数与首次请求时不一致");
            }
        } else {
            order = new Order(merchant, request, tradeType);
            orders.put(key, order);
        }
        order.prepayId = "wx" + Keys.digits(34);
        return Reply.ok(
                tradeType.equals("JSAPI")
                        ? new JsonObject().put("prepay_id", order.prepayId)
                        : new JsonObject().put("code_url", "weixin://wxpay/bizpayurl?pr=" + Keys.random(9)));
    }

    synchronized Reply query(Merchant merchant, String outTradeNo) {
        Order order = orders.get(key(merchant, outTradeNo));
        return order == null ? Reply.no(404, "ORDER_NOT_EXIST", "订单不存在") : Reply.ok(order.told());
    }

    synchronized Reply close(Merchant merchant, String outTradeNo) {
        Order order = orders.get(key(merchant, outTradeNo));
        if (order == null) {
            return Reply.no(404, "ORDER_NOT_EXIST", "订单不存在");
        }
        if (order.paid()) {
            return Reply.no(400, "ORDERPAID", "该订单已支付");
        }
        order.state = "CLOSED";
        return Reply.done();
    }

    synchronized Reply refund(Merchant merchant, JsonObject request) {
        Refund known = refunds.get(key(merchant, request.getString("out_refund_no")));
        Order order = orders.get(key(merchant, request.getString("out_trade_no")));
        JsonObject amount = request.getJsonObject("amount", new JsonObject());
        long wanted = amount.getLong("refund", 0L);
        if (order == null || !order.paid()) {
            return Reply.no(404, "RESOURCE_NOT_EXISTS", "订单不存在或未支付");
        }
        if (known != null) {
            return known.order == order && known.amount == wanted
                    ? Reply.ok(known.told())
                    : Reply.no(400, "INVALID_REQUEST", "订单金额或退款金额与之前请求不一致，请核实后再试");
        }
        if (wanted <= 0 || amount.getLong("total", 0L) != order.total || order.refunded + wanted > order.total) {
            return Reply.no(400, "INVALID_REQUEST", "退款金额大于可退金额，或订单金额不符");
        }
        Refund refund = new Refund(order, request, clock.beijing());
        order.refunded += wanted;
        order.state = "REFUND";
        refunds.put(key(merchant, refund.outRefundNo), refund);
        return Reply.ok(refund.told());
    }

    synchronized Reply queryRefund(Merchant merchant, String outRefundNo) {
        Refund refund = refunds.get(key(merchant, outRefundNo));
        return refund == null ? Reply.no(404, "RESOURCE_NOT_EXISTS", "退款单不存在") : Reply.ok(refund.told());
    }

    /** The payer pays. Late: although the order is closed or has expired, as when both happen at the same moment. */
    synchronized Order pay(String mchid, String outTradeNo, Long amount, String openid, boolean late) {
        Order order = order(mchid, outTradeNo);
        if (order.paid() || (!late && order.state.equals("CLOSED"))) {
            throw new IllegalStateException("the order is " + order.state);
        }
        if (!late && expired(order.request)) {
            throw new IllegalStateException("the order has expired");
        }
        order.state = "SUCCESS";
        order.transactionId = "42000" + Keys.digits(23);
        order.paidAt = clock.beijing();
        order.total = amount == null ? order.total : amount;
        order.openid = openid != null ? openid : order.openid == null ? "o" + Keys.random(27) : order.openid;
        return order;
    }

    /** The payer does not: with {@code PAYERROR} the bank said no, with {@code NOTPAY} the window was shut. */
    synchronized Order giveUp(String mchid, String outTradeNo, String state) {
        Order order = order(mchid, outTradeNo);
        if (order.paid()) {
            throw new IllegalStateException("the order is " + order.state);
        }
        order.state = state;
        return order;
    }

    /** A refund comes to its end. */
    synchronized Refund settle(String mchid, String outRefundNo, String state) {
        Refund refund = refund(mchid, outRefundNo);
        if (refund.state.equals("SUCCESS") || refund.state.equals("CLOSED")) {
            return refund;
        }
        refund.state = state;
        refund.doneAt = state.equals("SUCCESS") ? clock.beijing() : null;
        if (state.equals("CLOSED")) {
            refund.order.refunded -= refund.amount;
            refund.order.state = refund.order.refunded == 0 ? "SUCCESS" : "REFUND";
        }
        return refund;
    }

    synchronized Order order(String mchid, String outTradeNo) {
        return Optional.ofNullable(orders.get(mchid + "/" + outTradeNo))
                .orElseThrow(() -> new IllegalStateException("there is no order " + outTradeNo));
    }

    synchronized Refund refund(String mchid, String outRefundNo) {
        return Optional.ofNullable(refunds.get(mchid + "/" + outRefundNo))
                .orElseThrow(() -> new IllegalStateException("there is no refund " + outRefundNo));
    }

    synchronized List<Order> orders() {
        return new ArrayList<>(orders.values());
    }

    synchronized List<Refund> refunds() {
        return new ArrayList<>(refunds.values());
    }

    private Optional<String> wrong(Merchant merchant, JsonObject request, String tradeType) {
        JsonObject amount = request.getJsonObject("amount", new JsonObject());
        if (!merchant.appid().equals(request.getString("appid"))) {
            return Optional.of("appid");
        }
        if (!merchant.mchid().equals(request.getString("mchid"))) {
            return Optional.of("mchid");
        }
        if (!request.getString("out_trade_no", "").matches("[0-9a-zA-Z_\\-|*]{6,32}")) {
            return Optional.of("out_trade_no");
        }
        String description = request.getString("description", "");
        if (description.isEmpty() || description.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > 127) {
            return Optional.of("description");
        }
        if (amount.getLong("total", 0L) <= 0 || !"CNY".equals(amount.getString("currency", "CNY"))) {
            return Optional.of("amount");
        }
        if (!request.getString("notify_url", "").matches("https?://[^?]+")) {
            return Optional.of("notify_url");
        }
        if (tradeType.equals("JSAPI")
                && request.getJsonObject("payer", new JsonObject())
                        .getString("openid", "")
                        .isEmpty()) {
            return Optional.of("payer.openid");
        }
        return expired(request) ? Optional.of("time_expire") : Optional.empty();
    }

    private boolean expired(JsonObject request) {
        try {
            String expire = request.getString("time_expire");
            return expire != null && !OffsetDateTime.parse(expire).toInstant().isAfter(clock.now());
        } catch (DateTimeException e) {
            return true;
        }
    }

    private static String key(Merchant merchant, String number) {
        return merchant.mchid() + "/" + number;
    }
}
