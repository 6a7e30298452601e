package cloud.wuye.platform.outbox;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of dead letters is ordered by. */
@Description("What a list of dead letters is ordered by.")
public enum DeadLetterSort implements ListSort {
    @Description("By when they were written, newest first unless asked otherwise.")
    CREATED_AT(Keyset.by(Key.desc("created_at", KeyType.INSTANT), Key.desc("id", KeyType.UUID)));

    private final Keyset keyset;

    DeadLetterSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
