package cloud.wuye.kit.payment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;

/** The bills of a day in WeChat Pay's form, and the differences that were ordered in them. */
final class Bills {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final String TRADE_COLUMNS =
            "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,"
                    + "微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";
    private static final String TRADE_TOTALS = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";
    private static final String FLOW_COLUMNS = "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号";
    private static final String FLOW_TOTALS = "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额";
    private static final BigDecimal RATE = new BigDecimal("0.006");

    private final Book book;
    private final List<Difference> differences = new CopyOnWriteArrayList<>();
    private final List<Payout> payouts = new CopyOnWriteArrayList<>();
    private final Map<String, String> ready = new ConcurrentHashMap<>();

    Bills(Book book) {
        this.book = book;
    }

    /** How a bill may differ from what happened. */
    enum DifferenceKind {
        /** The bill has a payment that nobody else knows. */
        MISSING_HERE,
        /** The bill lacks a payment. */
        MISSING_THERE,
        /** The payment stands in the next day's bill. */
        NEXT_DAY,
        AMOUNT,
        STATE,
        FEE
    }

    private record Difference(
            DifferenceKind kind,
            String mchid,
            String outTradeNo,
            String outRefundNo,
            LocalDate day,
            String transaction) {}

    /** Money that went to the merchant's bank account. */
    private record Payout(OffsetDateTime at, String mchid, String flowNo, long fen) {}

    /** A line of the trade bill; amounts in fen. */
    private record Trade(
            OffsetDateTime at,
            Order order,
            Refund refund,
            String transaction,
            String outTradeNo,
            String state,
            long amount,
            long fee) {
        Trade with(String newState, long newAmount, long newFee) {
            return new Trade(at, order, refund, transaction, outTradeNo, newState, newAmount, newFee);
        }
    }

    void differ(JsonObject what) {
        DifferenceKind kind = DifferenceKind.valueOf(what.getString("kind"));
        differences.add(new Difference(
                kind,
                what.getString("mchid"),
                what.getString("outTradeNo", "unknown" + Keys.digits(10)),
                what.getString("outRefundNo"),
                what.containsKey("day") ? LocalDate.parse(what.getString("day")) : null,
                "42000" + Keys.digits(23)));
    }

    /** The account's money, or part of it, goes to the merchant's bank account. */
    void payOut(JsonObject what, OffsetDateTime at) {
        payouts.add(new Payout(at, what.getString("mchid"), "4300" + Keys.digits(24), what.getLong("amount")));
    }

    void forget() {
        differences.clear();
    }

    /** Makes a bill ready; empty when nothing happened that day. Its token is the answer to {@link #packed}. */
    Optional<JsonObject> announce(Merchant merchant, LocalDate day, boolean flows) {
        List<Trade> trades = trades(merchant, day);
        List<Payout> out = payouts.stream()
                .filter(payout -> flows && payout.mchid.equals(merchant.mchid()) && on(payout.at, day))
                .toList();
        if (trades.isEmpty() && out.isEmpty()) {
            return Optional.empty();
        }
        String text = flows ? flowText(trades, out) : tradeText(merchant, trades);
        String token = Keys.random(40);
        ready.put(token, text);
        return Optional.of(new JsonObject()
                .put("hash_type", "SHA1")
                .put("hash_value", sha1(text))
                .put("download_url", "/v3/billdownload/file?token=" + token));
    }

    Optional<byte[]> packed(String token) {
        return Optional.ofNullable(token).map(ready::get).map(Bills::gzip);
    }

    private List<Trade> trades(Merchant merchant, LocalDate day) {
        List<Trade> trades = new ArrayList<>();
        for (Order order : book.orders()) {
            if (order.merchant.mchid().equals(merchant.mchid()) && order.paid() && on(stands(order), day)) {
                trades.add(new Trade(
                        order.paidAt,
                        order,
                        null,
                        order.transactionId,
                        order.outTradeNo,
                        "SUCCESS",
                        order.total,
                        fee(order.total)));
            }
        }
        for (Refund refund : book.refunds()) {
            if (refund.order.merchant.mchid().equals(merchant.mchid()) && on(refund.createdAt, day)) {
                trades.add(new Trade(
                        refund.createdAt,
                        refund.order,
                        refund,
                        refund.order.transactionId,
                        refund.order.outTradeNo,
                        "REFUND",
                        refund.amount,
                        -fee(refund.amount)));
            }
        }
        return trades.isEmpty() ? trades : differing(merchant, day, trades);
    }

    private OffsetDateTime stands(Order order) {
        boolean late = differences.stream()
                .anyMatch(difference -> difference.kind == DifferenceKind.NEXT_DAY
                        && difference.mchid.equals(order.merchant.mchid())
                        && difference.outTradeNo.equals(order.outTradeNo));
        return late ? order.paidAt.plusDays(1) : order.paidAt;
    }

    private List<Trade> differing(Merchant merchant, LocalDate day, List<Trade> real) {
        List<Trade> trades = new ArrayList<>(real);
        for (Difference difference : differences) {
            if (!difference.mchid.equals(merchant.mchid()) || (difference.day != null && !difference.day.equals(day))) {
                continue;
            }
            if (difference.kind == DifferenceKind.MISSING_HERE) {
                trades.add(new Trade(
                        day.atTime(12, 0).atOffset(SimulatorClock.BEIJING),
                        null,
                        null,
                        difference.transaction,
                        difference.outTradeNo,
                        "SUCCESS",
                        100,
                        fee(100)));
            }
            trades.removeIf(trade -> difference.kind == DifferenceKind.MISSING_THERE && of(trade, difference));
            trades.replaceAll(trade -> of(trade, difference) ? changed(trade, difference.kind) : trade);
        }
        trades.sort(Comparator.comparing(Trade::at));
        return trades;
    }

    private static boolean of(Trade trade, Difference difference) {
        return difference.outRefundNo != null
                ? trade.refund != null && trade.refund.outRefundNo.equals(difference.outRefundNo)
                : trade.order != null && trade.refund == null && trade.outTradeNo.equals(difference.outTradeNo);
    }

    private static Trade changed(Trade trade, DifferenceKind kind) {
        return switch (kind) {
            case AMOUNT -> trade.with(trade.state, trade.amount + 1, trade.fee);
            case STATE -> trade.with("REVOKED", trade.amount, trade.fee);
            case FEE -> trade.with(trade.state, trade.amount, trade.fee + 1);
            case MISSING_HERE, MISSING_THERE, NEXT_DAY -> trade;
        };
    }

    private static String tradeText(Merchant merchant, List<Trade> trades) {
        StringBuilder text = new StringBuilder("\uFEFF").append(TRADE_COLUMNS).append("\r\n");
        long paid = 0;
        long refunded = 0;
        long fees = 0;
        for (Trade trade : trades) {
            boolean refund = trade.refund != null;
            paid += refund ? 0 : trade.amount;
            refunded += refund ? trade.amount : 0;
            fees += trade.fee;
            row(
                    text,
                    TIME.format(trade.at),
                    merchant.appid(),
                    merchant.mchid(),
                    "0",
                    "",
                    trade.transaction,
                    trade.outTradeNo,
                    trade.order == null ? "o" + Keys.random(27) : trade.order.openid,
                    trade.order == null ? "JSAPI" : trade.order.tradeType,
                    trade.state,
                    "OTHERS",
                    "CNY",
                    refund ? "0.00" : yuan(trade.amount),
                    "0.00",
                    refund ? trade.refund.refundId : "0",
                    refund ? trade.refund.outRefundNo : "0",
                    refund ? yuan(trade.amount) : "0.00",
                    "0.00",
                    refund ? "ORIGINAL" : "",
                    refund ? trade.refund.state : "",
                    trade.order == null ? "?" : trade.order.request.getString("description"),
                    "",
                    yuan(trade.fee) + "000",
                    "0.60%",
                    refund ? "0.00" : yuan(trade.amount),
                    refund ? yuan(trade.amount) : "0.00",
                    "");
        }
        text.append(TRADE_TOTALS).append("\r\n");
        row(
                text,
                String.valueOf(trades.size()),
                yuan(paid),
                yuan(refunded),
                "0.00",
                yuan(fees) + "000",
                yuan(paid),
                yuan(refunded));
        return text.toString();
    }

    private static String flowText(List<Trade> trades, List<Payout> payouts) {
        StringBuilder text = new StringBuilder("\uFEFF").append(FLOW_COLUMNS).append("\r\n");
        long[] counts = new long[2];
        long[] sums = new long[2];
        long balance = 0;
        for (Trade trade : trades) {
            long[] moves = trade.refund == null
                    ? new long[] {trade.amount, -trade.fee}
                    : new long[] {-trade.amount, -trade.fee};
            String[] names = trade.refund == null ? new String[] {"交易", "扣除交易手续费"} : new String[] {"退款", "退还手续费"};
            String number = trade.refund != null ? trade.refund.refundId : trade.transaction;
            for (int i = 0; i < moves.length; i++) {
                if (moves[i] == 0) {
                    continue;
                }
                int side = moves[i] > 0 ? 0 : 1;
                counts[side]++;
                sums[side] += Math.abs(moves[i]);
                balance += moves[i];
                row(
                        text,
                        TIME.format(trade.at),
                        number,
                        "4200" + Keys.digits(24),
                        names[i],
                        names[i],
                        side == 0 ? "收入" : "支出",
                        yuan(Math.abs(moves[i])),
                        yuan(balance),
                        "system",
                        "",
                        trade.refund == null ? trade.outTradeNo : trade.refund.outRefundNo);
            }
        }
        for (Payout payout : payouts) {
            counts[1]++;
            sums[1] += payout.fen;
            balance -= payout.fen;
            row(
                    text,
                    TIME.format(payout.at),
                    payout.flowNo,
                    payout.flowNo,
                    "提现",
                    "提现",
                    "支出",
                    yuan(payout.fen),
                    yuan(balance),
                    "system",
                    "",
                    "");
        }
        text.append(FLOW_TOTALS).append("\r\n");
        row(
                text,
                String.valueOf(counts[0] + counts[1]),
                String.valueOf(counts[0]),
                yuan(sums[0]),
                String.valueOf(counts[1]),
                yuan(sums[1]));
        return text.toString();
    }

    private static void row(StringBuilder text, String... values) {
        text.append('`').append(String.join(",`", values)).append("\r\n");
    }

    private static boolean on(OffsetDateTime at, LocalDate day) {
        return at.toLocalDate().equals(day);
    }

    private static long fee(long fen) {
        return BigDecimal.valueOf(fen)
                .multiply(RATE)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private static String yuan(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packer = new GZIPOutputStream(bytes)) {
            packer.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
