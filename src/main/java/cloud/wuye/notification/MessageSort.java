package cloud.wuye.notification;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of messages is ordered by. */
@Description("What a list of messages is ordered by.")
public enum MessageSort implements ListSort {
    @Description("By when it happened, newest first unless asked otherwise.")
    CREATED_AT(Keyset.by(Key.desc("m.created_at", KeyType.INSTANT), Key.desc("m.id", KeyType.UUID)));

    private final Keyset keyset;

    MessageSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
