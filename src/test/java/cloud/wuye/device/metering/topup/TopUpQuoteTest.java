package cloud.wuye.device.metering.topup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cloud.wuye.device.metering.account.CreditUnit;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopUpQuoteTest {
    private static final BigDecimal NONE = BigDecimal.ZERO;

    @ParameterizedTest
    @CsvSource({"5000, 1, 50", "1, 1, 0.01", "5000, 0.6789, 73.6485", "10000, 3.5, 28.5714", "1, 0.0999, 0.1001"})
    void moneyBuysWhatItsPriceSaysToTheTenThousandth(long fen, BigDecimal price, BigDecimal quantity) {
        TopUpQuote quote = TopUpQuote.ofMoney(CreditUnit.QUANTITY, fen, price, new BigDecimal("1.03"));
        assertEquals(0, quantity.compareTo(quote.quantity()));
        assertEquals(0, quantity.compareTo(quote.amount()));
        assertEquals(0, new BigDecimal("1.03").add(quantity).compareTo(quote.after()));
    }

    @Test
    void pricePaidIsQuantityTimesUnitPriceToTheFen() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            BigDecimal price = BigDecimal.valueOf(random.nextInt(9_999_999) + 1, 6);
            long fen = random.nextInt(1_000_000) + 100;
            TopUpQuote quote = TopUpQuote.ofMoney(CreditUnit.QUANTITY, fen, price, NONE);
            assertEquals(
                    BigDecimal.valueOf(fen, 2),
                    quote.quantity().multiply(price).setScale(2, RoundingMode.HALF_UP),
                    fen + " at " + price);
        }
    }

    @Test
    void quantityCostsItsPriceRoundedHalfUp() {
        assertEquals(
                834,
                TopUpQuote.ofQuantity(new BigDecimal("12.34"), new BigDecimal("0.676"), NONE)
                        .payableFen());
        assertEquals(
                ProblemCode.VALIDATION,
                assertThrows(
                                Problem.class,
                                () -> TopUpQuote.ofQuantity(new BigDecimal("0.001"), new BigDecimal("0.5"), NONE))
                        .code(),
                "less than a fen");
    }

    @Test
    void creditInMoneyGrowsByTheMoneyWhateverAUnitCosts() {
        TopUpQuote quote = TopUpQuote.ofMoney(CreditUnit.MONEY, 5000, null, new BigDecimal("-3.2"));
        assertNull(quote.quantity());
        assertEquals(new BigDecimal("50.00"), quote.amount());
        assertEquals(0, new BigDecimal("46.8").compareTo(quote.after()));
    }

    @Test
    void sharesOfPartialRefundsAddUpExactly() {
        BigDecimal amount = new BigDecimal("73.6485");
        BigDecimal sum = BigDecimal.ZERO;
        long before = 0;
        for (long part : new long[] {1, 333, 1666, 3000}) {
            sum = sum.add(TopUpQuote.share(amount, 5000, before, part));
            before += part;
        }
        assertEquals(0, amount.compareTo(sum));
    }
}
