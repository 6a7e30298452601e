package cloud.wuye.device.metering.topup;

import cloud.wuye.device.metering.account.CreditUnit;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a top-up buys, worked out once and kept. Before and after are what stood when it was asked: whatever is used until it is
 * paid for moves them, and what is really credited is written down then.
 *
 * @param payableFen the price, in fen, without surcharge
 * @param unitPrice what a unit costs now, in yuan, or null where that depends on when it is used
 * @param quantity what the price buys at it, 4 decimals, or null without one
 * @param amount what credit grows by, in its unit
 */
record TopUpQuote(
        CreditUnit unit,
        long payableFen,
        BigDecimal unitPrice,
        BigDecimal quantity,
        BigDecimal amount,
        BigDecimal before,
        BigDecimal after) {
    private static final int DECIMALS = 4;
    private static final int METER_DECIMALS = 2;
    private static final BigDecimal MOST_FEN = new BigDecimal(10_000_000);

    /** What so much money buys. */
    static TopUpQuote ofMoney(CreditUnit unit, long fen, BigDecimal unitPrice, BigDecimal before) {
        requireSensible(BigDecimal.valueOf(fen), "amountFen");
        BigDecimal yuan = BigDecimal.valueOf(fen, 2);
        BigDecimal quantity = unitPrice == null || unitPrice.signum() == 0
                ? null
                : yuan.divide(unitPrice, DECIMALS, RoundingMode.HALF_UP);
        if (unit == CreditUnit.MONEY) {
            return of(unit, fen, unitPrice, quantity, yuan, before);
        }
        if (quantity == null || quantity.signum() == 0) {
            throw new Problem(ProblemCode.VALIDATION, "amountFen", fen);
        }
        return of(unit, fen, unitPrice, quantity, quantity, before);
    }

    /** What so much costs, to the nearest fen. */
    static TopUpQuote ofQuantity(BigDecimal quantity, BigDecimal unitPrice, BigDecimal before) {
        if (quantity.signum() <= 0 || quantity.stripTrailingZeros().scale() > DECIMALS) {
            throw new Problem(ProblemCode.VALIDATION, "quantity", quantity.toPlainString());
        }
        BigDecimal fen = quantity.multiply(unitPrice).movePointRight(2).setScale(0, RoundingMode.HALF_UP);
        requireSensible(fen, "quantity");
        return of(CreditUnit.QUANTITY, fen.longValueExact(), unitPrice, quantity, quantity, before);
    }

    /** The same for a meter that counts its own credit: it shows two decimals, so that many are sold to it. */
    static TopUpQuote ofMeter(Long fen, BigDecimal quantity, BigDecimal unitPrice, BigDecimal before) {
        if (fen == null) {
            if (quantity.stripTrailingZeros().scale() > METER_DECIMALS) {
                throw new Problem(ProblemCode.VALIDATION, "quantity", quantity.toPlainString());
            }
            return ofQuantity(quantity, unitPrice, before);
        }
        TopUpQuote exact = ofMoney(CreditUnit.QUANTITY, fen, unitPrice, before);
        BigDecimal shown = exact.quantity().setScale(METER_DECIMALS, RoundingMode.HALF_UP);
        if (shown.signum() == 0) {
            throw new Problem(ProblemCode.VALIDATION, "amountFen", fen);
        }
        return of(CreditUnit.QUANTITY, fen, unitPrice, shown, shown, before);
    }

    private static TopUpQuote of(
            CreditUnit unit,
            long fen,
            BigDecimal unitPrice,
            BigDecimal quantity,
            BigDecimal amount,
            BigDecimal before) {
        return new TopUpQuote(unit, fen, unitPrice, quantity, amount, before, before.add(amount));
    }

    private static void requireSensible(BigDecimal fen, String field) {
        if (fen.signum() <= 0 || fen.compareTo(MOST_FEN) > 0) {
            throw new Problem(ProblemCode.VALIDATION, field, Detail.of("{0} 分", "{0} fen", fen.toPlainString()));
        }
    }

    /**
     * How much of a bought amount a part of its price stands for. Parts that follow each other add up to the amount exactly.
     *
     * @param priceFen the whole price
     * @param before how much of the price was counted already
     * @param fen how much comes to it
     */
    static BigDecimal share(BigDecimal amount, long priceFen, long before, long fen) {
        return upTo(amount, priceFen, before + fen).subtract(upTo(amount, priceFen, before));
    }

    private static BigDecimal upTo(BigDecimal amount, long priceFen, long fen) {
        return amount.multiply(BigDecimal.valueOf(fen))
                .divide(BigDecimal.valueOf(priceFen), DECIMALS, RoundingMode.HALF_UP);
    }
}
