package cloud.wuye.device.metering.credit;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of comparisons with meters' own credit is ordered by. */
@Description("What a list of comparisons with meters' own credit is ordered by.")
public enum OwnCreditSort implements ListSort {
    @Description("By when it was looked at last, newest first unless asked otherwise.")
    LOOKED_AT(Keyset.by(Key.desc("o.looked_at", KeyType.INSTANT), Key.desc("o.point_id", KeyType.UUID))),
    @Description(
            "By the difference, from what meters have too much to what they have too little, unless asked otherwise.")
    DIFFERENCE(Keyset.by(Key.desc("o.difference", KeyType.DECIMAL), Key.desc("o.point_id", KeyType.UUID)));

    private final Keyset keyset;

    OwnCreditSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
