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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;

/** The bills of a day, and the differences that were ordered in them. Their form is {@link BillText}'s. */
final class Bills {
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
    record Payout(OffsetDateTime at, String mchid, String flowNo, long fen) {}

    /** A line of the trade bill; amounts in fen. */
    record Trade(
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
        String text = flows ? BillText.flows(trades, out) : BillText.trades(merchant, trades);
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

    private static boolean on(OffsetDateTime at, LocalDate day) {
        return at.toLocalDate().equals(day);
    }

    private static long fee(long fen) {
        return BigDecimal.valueOf(fen)
                .multiply(RATE)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
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
