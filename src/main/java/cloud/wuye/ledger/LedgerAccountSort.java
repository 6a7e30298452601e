package cloud.wuye.ledger;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of accounts is ordered by. */
@Description("What a list of accounts is ordered by.")
public enum LedgerAccountSort implements ListSort {
    @Description("By kind and subject, from A unless asked otherwise.")
    KIND(Keyset.by(Key.asc("a.account", KeyType.TEXT), Key.asc("a.subject", KeyType.UUID)));

    private final Keyset keyset;

    LedgerAccountSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
