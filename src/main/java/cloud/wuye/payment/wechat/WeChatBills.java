package cloud.wuye.payment.wechat;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.wuye.payment.ChannelOutcome;
import cloud.wuye.payment.ChannelOutcome.Done;
import cloud.wuye.payment.ChannelOutcome.Doubt;
import cloud.wuye.payment.ChannelOutcome.Unknown;
import cloud.wuye.payment.FlowKind;
import cloud.wuye.payment.FundFlowRow;
import cloud.wuye.payment.TradeBillRow;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Opens downloaded bills: digest and totals first, over the whole bill; then the rows, one after the other. */
@ApplicationScoped
class WeChatBills {
    private static final int CHUNK = 65536;

    private final WeChatConfig config;

    WeChatBills(WeChatConfig config) {
        this.config = config;
    }

    Uni<ChannelOutcome<Multi<TradeBillRow>>> trades(JsonNode announced, byte[] packed) {
        return open(announced, packed, WeChatBills::trade);
    }

    Uni<ChannelOutcome<Multi<FundFlowRow>>> flows(JsonNode announced, byte[] packed) {
        return open(announced, packed, WeChatBills::flow);
    }

    private <T> Uni<ChannelOutcome<Multi<T>>> open(
            JsonNode announced, byte[] packed, Function<BillText.Line, T> reading) {
        return Uni.createFrom()
                .<ChannelOutcome<Multi<T>>>item(() -> {
                    try {
                        checkDigest(announced, packed);
                        BillText.checkComplete(lines(packed));
                        return new Done<>(Multi.createFrom()
                                .items(() -> BillText.rows(lines(packed)).map(reading))
                                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()));
                    } catch (WeChatWords.Nonsense nonsense) {
                        return new Unknown<>(Doubt.UNREADABLE, nonsense.getMessage());
                    }
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** The digest stands over the unpacked bill. */
    private void checkDigest(JsonNode announced, byte[] packed) {
        String algorithm = WeChatWords.text(announced, "hash_type");
        String expected = WeChatWords.text(announced, "hash_value");
        if (!algorithm.equals("SHA1")) {
            throw new WeChatWords.Nonsense("a digest of another kind: " + algorithm);
        }
        try (InputStream text = unpacked(packed)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            byte[] chunk = new byte[CHUNK];
            long size = 0;
            for (int read = text.read(chunk); read >= 0; read = text.read(chunk)) {
                digest.update(chunk, 0, read);
                size += read;
                if (size > config.maxBillBytes()) {
                    throw new WeChatWords.Nonsense("a bill of more than " + config.maxBillBytes() + " bytes");
                }
            }
            if (!HexFormat.of().formatHex(digest.digest()).equals(expected.toLowerCase(Locale.ROOT))) {
                throw new WeChatWords.Nonsense("the bill does not have its digest");
            }
        } catch (IOException e) {
            throw new WeChatWords.Nonsense("the bill cannot be unpacked: " + e.getMessage());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<String> lines(byte[] packed) {
        try {
            return new BufferedReader(new InputStreamReader(unpacked(packed), UTF_8)).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream unpacked(byte[] packed) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(packed));
    }

    private static TradeBillRow trade(BillText.Line line) {
        return new TradeBillRow(
                line.time("交易时间"),
                line.text("公众账号ID"),
                line.text("商户号"),
                line.text("微信订单号"),
                line.text("商户订单号"),
                line.number("商户退款单号"),
                line.number("微信退款单号"),
                line.text("交易状态"),
                line.number("退款状态"),
                line.text("货币种类"),
                line.fen("订单金额"),
                line.fen("应结订单金额"),
                line.fen("退款金额"),
                line.yuan("手续费"),
                line.text("费率"));
    }

    private static FundFlowRow flow(BillText.Line line) {
        long amount = line.fen("收支金额(元)");
        return new FundFlowRow(
                line.time("记账时间"),
                kind(line.text("业务名称")),
                line.text("微信支付业务单号"),
                line.text("资金流水单号"),
                line.text("业务名称"),
                line.text("业务类型"),
                line.text("收支类型").equals("支出") ? -amount : amount,
                line.fen("账户结余(元)"),
                line.text("备注"),
                line.number("业务凭证号"));
    }

    /** 提现 is what goes to the company's bank account, and comes back from there when the bank refuses it. */
    private static FlowKind kind(String business) {
        return business.contains("提现") ? FlowKind.PAYOUT : FlowKind.OTHER;
    }
}
