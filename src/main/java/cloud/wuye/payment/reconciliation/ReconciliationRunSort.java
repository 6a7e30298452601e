package cloud.wuye.payment.reconciliation;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of reconciled days is ordered by. */
@Description("What a list of reconciled days is ordered by.")
public enum ReconciliationRunSort implements ListSort {
    @Description("By day, latest first unless asked otherwise.")
    DAY(Keyset.by(Key.desc("day", KeyType.DATE), Key.desc("id", KeyType.UUID)));

    private final Keyset keyset;

    ReconciliationRunSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
