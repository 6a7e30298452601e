package cloud.wuye.payment.order;

import cloud.wuye.platform.Chance;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/**
 * Numbers that people read out and channels know us by: the day, then 14 letters and digits that nobody can guess, without
 * those that look alike. An attempt's number adds its ordinal and stays within the 32 characters that WeChat Pay allows.
 */
final class OrderNumbers {
    private static final char[] LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int LENGTH = 14;

    private OrderNumbers() {}

    /** A new number, 22 characters. */
    static String next(LocalDate day) {
        StringBuilder number = new StringBuilder(DateTimeFormatter.BASIC_ISO_DATE.format(day));
        for (int i = 0; i < LENGTH; i++) {
            number.append(LETTERS[Chance.source().nextInt(LETTERS.length)]);
        }
        return number.toString();
    }

    /** The number by which the channel knows the n-th attempt of an order. */
    static String attempt(String orderNo, int ordinal) {
        return orderNo + "-" + ordinal;
    }

    /** What the channel's numbers for an order's refunds begin with; the ordinal follows. */
    static String refunds(String orderNo) {
        return orderNo + "-R";
    }
}
