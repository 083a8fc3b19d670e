package org.medseal.connectors.fhirsearch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.medseal.connectors.tls.PemFiles;

/** The JWT by which a client shows its key (RFC 7523; SMART App Launch 2.0, backend services). */
final class SignedAssertion {
  private static final Duration VALID = Duration.ofMinutes(4);
  private static final int P384_BITS = 384;
  private static final ObjectMapper JSON = new ObjectMapper();

  private SignedAssertion() {}

  /** PemException, or IllegalArgumentException for a key of a kind that the standard leaves out. */
  static String of(ClientCredentials client, ClientCredentials.Proof.Key proof, Instant now)
      throws GeneralSecurityException {
    PrivateKey key = PemFiles.privateKey(proof.file(), List.of("RSA", "EC"));
    boolean curve = key instanceof ECKey;
    if (key instanceof ECKey ec && ec.getParams().getOrder().bitLength() != P384_BITS) {
      throw new IllegalArgumentException("a key on a curve must be P-384");
    }
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", curve ? "ES384" : "RS384");
    header.put("typ", "JWT");
    proof.keyId().ifPresent(id -> header.put("kid", id));
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", client.clientId());
    claims.put("sub", client.clientId());
    claims.put("aud", client.tokenUrl().toString());
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(VALID).getEpochSecond());
    claims.put("jti", UUID.randomUUID().toString());
    String signed = base64(json(header)) + "." + base64(json(claims));
    Signature signature =
        Signature.getInstance(curve ? "SHA384withECDSAinP1363Format" : "SHA384withRSA");
    signature.initSign(key);
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + base64(signature.sign());
  }

  private static byte[] json(Map<String, Object> values) {
    try {
      return JSON.writeValueAsBytes(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers are JSON", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
