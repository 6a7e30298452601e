package cloud.wuye.ledger;

import java.util.UUID;

/**
 * An account of a company.
 *
 * @param subject whose; {@link #COMPANY} for the kinds that have none
 */
public record Account(AccountKind kind, UUID subject) {
    /** The subject of the company's own accounts. */
    static final UUID COMPANY = new UUID(0, 0);

    public Account {
        if (kind.hasSubject() == subject.equals(COMPANY)) {
            throw new IllegalArgumentException(kind + (kind.hasSubject() ? " has a subject" : " has no subject"));
        }
    }

    /** The company's own account of this kind. */
    public static Account of(AccountKind kind) {
        return new Account(kind, COMPANY);
    }

    /** The account of this kind that belongs to a meter, wallet, session or customer. */
    public static Account of(AccountKind kind, UUID subject) {
        return new Account(kind, subject);
    }

    @Override
    public String toString() {
        return kind.hasSubject() ? kind + ":" + subject : kind.name();
    }
}
