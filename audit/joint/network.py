"""The network: word pieces -> vectors -> words, sentence starts, tags, lemma edits, names, heads and relations.

One encoder (the architecture of BERT: Devlin et al., 2019) and linear heads over it; the parser is the biaffine one of
Dozat and Manning (2017, https://arxiv.org/abs/1611.01734). There is no recurrent layer, so that nearly all of the work
is matrix products over all words of a batch.

Shapes below: B texts of at most L pieces, N words in all of them, S sentences of at most T words, D = `width`.
"""

from dataclasses import asdict, dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from audit.joint.pieces import FEATURES


@dataclass(frozen=True, slots=True)
class Size:
    """What the network's shape depends on; the counts are of labels."""

    upos: int
    xpos: int
    feats: int
    edit: int
    ner: int
    deprel: int
    vocabulary: int = 30_522
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1_536
    positions: int = 512
    arc: int = 384
    relation: int = 128

    def record(self) -> dict[str, int]:
        """As plain data, for a file."""
        return asdict(self)


class Batch(NamedTuple):
    """Texts as the encoder takes them."""

    ids: Tensor  # (B, L) int64
    features: Tensor  # (B, L) int64
    mask: Tensor | None  # (B, L) bool, False at padding; None where there is none


class Layer(nn.Module):
    """A layer of the transformer, normalized after each half, as BERT's are."""

    def __init__(self, size: Size, dropout: float) -> None:
        super().__init__()
        self.heads = size.heads
        self.dropout = dropout
        self.qkv = nn.Linear(size.width, 3 * size.width)
        self.out = nn.Linear(size.width, size.width)
        self.norm1 = nn.LayerNorm(size.width, eps=1e-12)
        self.up = nn.Linear(size.width, size.inner)
        self.down = nn.Linear(size.inner, size.width)
        self.norm2 = nn.LayerNorm(size.width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        rows, length, width = x.shape
        query, key, value = self.qkv(x).view(rows, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        mixed = self.out(mixed.transpose(1, 2).reshape(rows, length, width))
        x = self.norm1(x + _drop_features(mixed, self.dropout, self.training))
        raised = self.down(functional.gelu(self.up(x)))
        return self.norm2(x + _drop_features(raised, self.dropout, self.training))


def _drop_features(x: Tensor, dropout: float, training: bool) -> Tensor:
    """Dropout of whole features in all pieces of a text: a mask for each piece takes a tenth of a step's time."""
    if not training or not dropout:
        return x
    kept = torch.rand(x.shape[0], 1, x.shape[2], device=x.device) >= dropout
    return x * kept / (1 - dropout)


class Joint(nn.Module):
    """Encoder and heads."""

    def __init__(self, size: Size, dropout: float = 0.0) -> None:
        super().__init__()
        self.size = size
        self.dropout = dropout
        width = size.width
        self.word = nn.Embedding(size.vocabulary, width)
        self.position = nn.Embedding(size.positions, width)
        self.feature = nn.Embedding(FEATURES, width)
        nn.init.zeros_(self.feature.weight)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size, dropout / 2) for _ in range(size.layers))
        self.glue = nn.Linear(width, 2)
        self.start = nn.Linear(width, 2)
        self.tag_hidden = nn.Linear(width, width)
        self.tag = nn.Linear(width, size.upos + size.xpos + size.feats + size.edit)
        self.ner_hidden = nn.Linear(width, width)
        self.ner = nn.Linear(width, size.ner)
        self.parse_hidden = nn.Linear(width, 2 * size.arc + 2 * size.relation)
        self.root = nn.Parameter(torch.randn(width) * 0.02)
        self.arc = nn.Linear(size.arc, size.arc)
        nn.init.zeros_(self.arc.weight)
        self.relation = nn.Linear(size.relation, size.deprel * size.relation, bias=False)
        nn.init.normal_(self.relation.weight, std=0.02)
        self.relation_each = nn.Linear(2 * size.relation, size.deprel)

    def encode(self, batch: Batch) -> Tensor:
        """(B, L, D)."""
        length = batch.ids.shape[1]
        x = self.word(batch.ids) + self.position.weight[:length] + self.feature(batch.features)
        x = _drop_features(self.norm(x), self.dropout / 2, self.training)
        mask = None if batch.mask is None else batch.mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def tags(self, words: Tensor) -> tuple[Tensor, ...]:
        """(N, D) -> the scores (N, labels) of UPOS, XPOS, features and lemma edits."""
        hidden = functional.gelu(self.tag_hidden(self._drop(words)))
        size = self.size
        return torch.split(self.tag(self._drop(hidden)), [size.upos, size.xpos, size.feats, size.edit], dim=1)

    def names(self, words: Tensor) -> Tensor:
        """(N, D) -> the scores (N, labels) of tags for names."""
        return self.ner(self._drop(functional.gelu(self.ner_hidden(self._drop(words)))))

    def parts(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """(1 + N, D), the root first -> each word as dependent and governor, for arcs and for relations."""
        size = self.size
        hidden = self._drop(functional.gelu(self.parse_hidden(self._drop(words))))
        arc_dependent, arc_governor, dependent, governor = torch.split(
            hidden, [size.arc, size.arc, size.relation, size.relation], dim=1
        )
        return self.arc(arc_dependent), arc_governor, dependent, governor

    def arcs(self, dependents: Tensor, governors: Tensor) -> Tensor:
        """(S, T, arc) and (S, 1 + T, arc) -> the scores (S, T, 1 + T) of every governor for every dependent."""
        return dependents @ governors.transpose(1, 2)

    def relations(self, dependents: Tensor, governors: Tensor) -> Tensor:
        """(N, relation) twice, each word beside its governor -> the scores (N, labels) of relations."""
        crossed = self.relation(dependents).view(len(dependents), self.size.deprel, -1)
        each = self.relation_each(torch.cat([dependents, governors], dim=1))
        return torch.bmm(crossed, governors[:, :, None]).squeeze(2) + each

    def _drop(self, x: Tensor) -> Tensor:
        return functional.dropout(x, self.dropout, self.training)


def starting_from_bert(network: Joint, weights: dict[str, Tensor]) -> None:
    """Copy the weights of a BERT, by the names of its safetensors file, into the encoder of `network`."""
    own = {name.removeprefix("bert."): weight.float() for name, weight in weights.items()}
    with torch.no_grad():
        network.word.weight.copy_(own["embeddings.word_embeddings.weight"])
        network.position.weight.copy_(
            own["embeddings.position_embeddings.weight"] + own["embeddings.token_type_embeddings.weight"][0]
        )
        _copy(network.norm, own, "embeddings.LayerNorm")
        for number, layer in enumerate(network.layers):
            assert isinstance(layer, Layer)
            place = f"encoder.layer.{number}"
            for kind in ("weight", "bias"):
                thirds = [own[f"{place}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                getattr(layer.qkv, kind).copy_(torch.cat(thirds))
            _copy(layer.out, own, f"{place}.attention.output.dense")
            _copy(layer.norm1, own, f"{place}.attention.output.LayerNorm")
            _copy(layer.up, own, f"{place}.intermediate.dense")
            _copy(layer.down, own, f"{place}.output.dense")
            _copy(layer.norm2, own, f"{place}.output.LayerNorm")


def _copy(module: nn.Linear | nn.LayerNorm, weights: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(weights[f"{name}.weight"])
    module.bias.copy_(weights[f"{name}.bias"])
