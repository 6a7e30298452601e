package cloud.wuye.ledger;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of the lines of an account is ordered by. */
@Description("What a list of the lines of an account is ordered by.")
public enum LedgerLineSort implements ListSort {
    @Description("By when they were posted, newest first unless asked otherwise.")
    POSTED_AT(Keyset.by(
            Key.desc("l.posted_at", KeyType.INSTANT),
            Key.desc("l.entry_id", KeyType.UUID),
            Key.desc("l.no", KeyType.INT)));

    private final Keyset keyset;

    LedgerLineSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
