package org.medseal.cli;

import java.util.Arrays;
import java.util.concurrent.Callable;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.sm2.SealedEnvelope;
import org.medseal.crypto.sm2.Sm2PrivateKey;
import org.medseal.home.Home;
import org.medseal.home.HomeException;
import org.medseal.home.KeyRotation;
import org.medseal.home.Passphrase;
import org.medseal.ledger.model.Bytes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code medseal keys take}: the other side of {@code keys share}. */
@Command(
    name = "take",
    mixinStandardHelpOptions = true,
    description =
        "Takes the consortium's pseudonym key that a member has sealed to this home; before the"
            + " first start, since records sealed with another are found by nobody.")
final class KeysTakeCommand implements Callable<Integer> {
  private static final int KEY_BYTES = 32;

  @Mixin private AtHome at;
  @Mixin private Output output;

  @Parameters(paramLabel = "SEALED", description = "The line of keys share.")
  private String sealed;

  @Override
  public Integer call() {
    byte[] key = at.unlocked(this::opened);
    Home home = at.home();
    char[] passphrase = Passphrase.of(home, System.getenv());
    try (SecretBytes taken = SecretBytes.copyOf(key)) {
      KeyRotation.takeConsortiumKey(home, passphrase, taken);
    } finally {
      Passphrase.wipe(passphrase);
      Arrays.fill(key, (byte) 0);
    }
    output.print(Output.object().put("taken", true), "the consortium's key is in the key file");
    return 0;
  }

  private byte[] opened(AtHome.Institution own) {
    String context = KeysShareCommand.context(own.genesis().chainId(), own.name());
    try (Sm2PrivateKey grant = own.keyring().grantKey()) {
      byte[] key = SealedEnvelope.open(context, Bytes.fromHex(sealed).toArray(), grant);
      if (key.length == KEY_BYTES) {
        return key;
      }
      Arrays.fill(key, (byte) 0);
    } catch (CryptoException | IllegalArgumentException e) {
      throw new HomeException(
          HomeException.Reason.KEYS, "this line was not sealed for this home", e);
    }
    throw new HomeException(HomeException.Reason.KEYS, "what was sealed is no such key");
  }
}
