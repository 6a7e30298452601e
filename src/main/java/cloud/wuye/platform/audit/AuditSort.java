package cloud.wuye.platform.audit;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of audit entries is ordered by. */
@Description("What a list of audit entries is ordered by.")
public enum AuditSort implements ListSort {
    @Description("By when it was done, newest first unless asked otherwise.")
    AT(Keyset.by(Key.desc("at", KeyType.INSTANT), Key.desc("id", KeyType.UUID)));

    private final Keyset keyset;

    AuditSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
