package cloud.wuye.ledger;

import cloud.wuye.platform.money.Money;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A journal entry to be posted: one fact and its lines, which sum to zero in each unit. There is no other kind of it: the
 * builder refuses what does not balance.
 *
 * <pre>{@code
 * Entry.of(tenantId, new Source("recharge-order", orderNo, "paid"))
 *         .occurredAt(paidAt)
 *         .debit(Account.of(PSP_CLEARING), payable)
 *         .credit(Account.of(CUSTOMER_CREDIT, meterId), credit)
 *         .credit(Account.of(PAYMENT_FEE_INCOME), fee)
 *         .build()
 * }</pre>
 */
public final class Entry {
    private final UUID tenantId;
    private final Source source;
    private final Instant occurredAt;
    private final String memo;
    private final UUID reverses;
    private final List<Line> lines;

    private Entry(Builder made) {
        this.tenantId = made.tenantId;
        this.source = made.source;
        this.occurredAt = made.occurredAt;
        this.memo = made.memo;
        this.reverses = made.reverses;
        this.lines = List.copyOf(made.lines);
    }

    /** Begins an entry of a company's books. */
    public static Builder of(UUID tenantId, Source source) {
        return new Builder(tenantId, source);
    }

    public UUID tenantId() {
        return tenantId;
    }

    public Source source() {
        return source;
    }

    Instant occurredAt() {
        return occurredAt;
    }

    String memo() {
        return memo;
    }

    UUID reverses() {
        return reverses;
    }

    List<Line> lines() {
        return lines;
    }

    /** The same for the same content: when it occurred, what it reverses, its lines in order. Half of a SHA-256. */
    UUID digest() {
        StringBuilder text = new StringBuilder().append(occurredAt).append('\n').append(reverses);
        for (Line line : lines) {
            text.append('\n').append(line.account()).append(' ');
            text.append(line.amount().stripTrailingZeros().toPlainString());
        }
        try {
            ByteBuffer hash = ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8)));
            return new UUID(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gathers the lines of an entry. A line of nothing, such as no fee, is left out. */
    public static final class Builder {
        private final UUID tenantId;
        private final Source source;
        private final List<Line> lines = new ArrayList<>();
        private Instant occurredAt;
        private String memo;
        private UUID reverses;

        private Builder(UUID tenantId, Source source) {
            this.tenantId = tenantId;
            this.source = source;
        }

        /** When the fact happened; to the microsecond, which is what the books keep. */
        @CanIgnoreReturnValue
        public Builder occurredAt(Instant instant) {
            occurredAt = instant.truncatedTo(ChronoUnit.MICROS);
            return this;
        }

        /** A word for people who read the statement; no part of the content that a repetition is held against. */
        @CanIgnoreReturnValue
        public Builder memo(String words) {
            memo = words;
            return this;
        }

        @CanIgnoreReturnValue
        Builder reverses(UUID entryId) {
            reverses = entryId;
            return this;
        }

        /** Adds to the account: money came in, somebody owes more, credit was used. Negative: the opposite. */
        @CanIgnoreReturnValue
        public Builder debit(Account account, BigDecimal amount) {
            if (amount.signum() != 0) {
                lines.add(new Line(account, amount));
            }
            return this;
        }

        @CanIgnoreReturnValue
        public Builder debit(Account account, Money amount) {
            return debit(account, amount.yuan());
        }

        /** Takes from the account: money went out, we owe more, revenue was earned. Negative: the opposite. */
        @CanIgnoreReturnValue
        public Builder credit(Account account, BigDecimal amount) {
            return debit(account, amount.negate());
        }

        @CanIgnoreReturnValue
        public Builder credit(Account account, Money amount) {
            return debit(account, amount.yuan().negate());
        }

        /**
         * The entry.
         *
         * @throws IllegalArgumentException if the lines do not sum to zero in each unit, or it lacks a time or lines
         */
        public Entry build() {
            if (occurredAt == null || lines.size() < 2) {
                throw new IllegalArgumentException(source + " needs the time it occurred, and two lines");
            }
            if (lines.size() > Short.MAX_VALUE) {
                throw new IllegalArgumentException(source + " has too many lines");
            }
            Map<LedgerUnit, BigDecimal> sums = new EnumMap<>(LedgerUnit.class);
            lines.forEach(line -> sums.merge(line.account().kind().unit(), line.amount(), BigDecimal::add));
            sums.forEach((unit, sum) -> {
                if (sum.signum() != 0) {
                    throw new IllegalArgumentException(source + " is out by " + sum.toPlainString() + " " + unit);
                }
            });
            return new Entry(this);
        }
    }
}
